"""Python scripts that give the numbers shown in the window, with nothing of this program in them.

Each function takes the state on the screen (steps, a pipeline, an experiment) and returns text. The scripts
import torch, torchvision, PIL and numpy alone, and scikit-learn where its digits are the data.
"""

from tudui_gui.scripts.images import feature_map_script, pipeline_script, prediction_script
from tudui_gui.scripts.models import model_script
from tudui_gui.scripts.training import training_script

__all__ = [
    "feature_map_script",
    "model_script",
    "pipeline_script",
    "prediction_script",
    "training_script",
]
