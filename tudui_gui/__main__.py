"""``python -m tudui_gui`` is ``tudui-gui``."""

import sys

from tudui_gui.cli import main

if __name__ == "__main__":
    sys.exit(main())
