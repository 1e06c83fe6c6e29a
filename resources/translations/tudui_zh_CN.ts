<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutDialog</name>
    <message>
        <source>A desktop laboratory for image classification with PyTorch. What it shows is what PyTorch computes, and the code beside it gives the same numbers. MIT licence.</source>
        <translation>用 PyTorch 做图像分类的桌面实验室。这里显示的就是 PyTorch 算出来的，旁边的代码会得到同样的数字。MIT 许可证。</translation>
    </message>
    <message>
        <source>About tudui-gui</source>
        <translation>关于 tudui-gui</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>About tudui-gui</source>
        <translation>关于 tudui-gui</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Menu: files, view, language, help (F10)</source>
        <translation>菜单：文件、视图、语言、帮助 (F10)</translation>
    </message>
    <message>
        <source>Open a folder of images as a data set</source>
        <translation>把一个图像文件夹作为数据集打开</translation>
    </message>
    <message>
        <source>Open files…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open images, a checkpoint or an experiment</source>
        <translation>打开图像、检查点或实验</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Save experiment…</source>
        <translation>保存实验…</translation>
    </message>
    <message>
        <source>Show the Python script for what is on screen</source>
        <translation>显示与当前画面对应的 Python 脚本</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>切换浅色和深色</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Versions, devices and folders</source>
        <translation>版本、设备和文件夹</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Write the experiment to a TOML file</source>
        <translation>把实验写入 TOML 文件</translation>
    </message>
</context>
<context>
    <name>AddMenu</name>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add from the clipboard</source>
        <translation>从剪贴板添加</translation>
    </message>
    <message>
        <source>Add from the data set</source>
        <translation>从数据集添加</translation>
    </message>
</context>
<context>
    <name>ArithmeticBar</name>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Examples…</source>
        <translation>示例…</translation>
    </message>
    <message>
        <source>First numbers</source>
        <translation>初始数值</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>How fast the walk is</source>
        <translation>逐格播放的速度</translation>
    </message>
    <message>
        <source>Next output cell</source>
        <translation>下一个输出格</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>运算</translation>
    </message>
    <message>
        <source>Pause</source>
        <extracomment>How many times faster than a cell every 0.9 s.</extracomment>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Previous output cell</source>
        <translation>上一个输出格</translation>
    </message>
    <message>
        <source>Put this operation&apos;s first input, kernel and parameters back</source>
        <translation>恢复这个运算最初的输入、卷积核和参数</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>The layer, loss or tensor tool the numbers go through</source>
        <translation>数字要通过的网络层、损失函数或张量工具</translation>
    </message>
    <message>
        <source>The tutorial&apos;s examples, with its numbers</source>
        <translation>教程里的示例，使用教程的数字</translation>
    </message>
    <message>
        <source>Walk over all output cells</source>
        <translation>逐格播放整个输出</translation>
    </message>
    <message>
        <source>backward(): what a small change of each number does to the loss or the output&apos;s sum</source>
        <translation>backward()：每个数稍有变化时，损失或输出之和会怎样变化</translation>
    </message>
</context>
<context>
    <name>ArithmeticInput</name>
    <message>
        <source>Channels (C); a parameter that counts them follows</source>
        <translation>通道数 (C)；与通道数有关的参数会随之改变</translation>
    </message>
    <message>
        <source>Columns (W)</source>
        <translation>列数 (W)</translation>
    </message>
    <message>
        <source>Images of the batch (N)</source>
        <translation>批次中的图像数 (N)</translation>
    </message>
    <message>
        <source>Rows (H)</source>
        <translation>行数 (H)</translation>
    </message>
    <message>
        <source>Whole numbers instead of float32: what PyTorch says of them</source>
        <translation>用整数代替 float32：看看 PyTorch 会怎么说</translation>
    </message>
    <message>
        <source>torch.manual_seed before the layer is made</source>
        <translation>创建这一层之前的 torch.manual_seed</translation>
    </message>
</context>
<context>
    <name>ArithmeticPanel</name>
    <message>
        <source>Arithmetic</source>
        <translation>计算过程</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Gradient of {name}</source>
        <translation>{name} 的梯度</translation>
    </message>
    <message>
        <source>Hover a cell or move by arrow keys: its window and its sum</source>
        <translation>鼠标悬停或用方向键移动：查看这一格对应的窗口和求和过程</translation>
    </message>
    <message>
        <source>Image of the batch</source>
        <translation>批次中的图像</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>输入通道</translation>
    </message>
    <message>
        <source>Input matrix</source>
        <translation>输入矩阵</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Output channel</source>
        <translation>输出通道</translation>
    </message>
    <message>
        <source>Output matrix</source>
        <translation>输出矩阵</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Type a number to change a cell; arrow keys move</source>
        <translation>输入数字可修改这一格，方向键移动</translation>
    </message>
    <message>
        <source>change of the arithmetic</source>
        <translation>修改计算</translation>
    </message>
    <message>
        <source>gradient of {name}</source>
        <translation>{name} 的梯度</translation>
    </message>
    <message>
        <source>input {rows} × {columns}</source>
        <translation>输入 {rows} × {columns}</translation>
    </message>
    <message>
        <source>kernel {rows} × {columns}</source>
        <translation>卷积核 {rows} × {columns}</translation>
    </message>
    <message>
        <source>output {rows} × {columns}</source>
        <translation>输出 {rows} × {columns}</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>target {rows} × {columns}</source>
        <translation>目标 {rows} × {columns}</translation>
    </message>
</context>
<context>
    <name>ArithmeticStory</name>
    <message>
        <source>The numbers were copied: writing to the result leaves x as it is.</source>
        <translation>数字已被复制：写入结果时 x 保持不变。</translation>
    </message>
    <message>
        <source>This window reaches over the border: ceil_mode keeps it.</source>
        <translation>这个窗口超出了边界：ceil_mode 保留了它。</translation>
    </message>
    <message>
        <source>backward() from {value}</source>
        <translation>从 {value} 开始 backward()</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>read from the places of memory {places}</source>
        <translation>依次读取内存位置 {places}</translation>
    </message>
    <message>
        <source>shape {shape}</source>
        <translation>形状 {shape}</translation>
    </message>
    <message>
        <source>stride {stride}, contiguous: {contiguous}, shares the memory of x: {shared}</source>
        <translation>步幅 (stride) {stride}，连续 (contiguous)：{contiguous}，与 x 共享内存：{shared}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>“{text}” is not a number: the cell in row {row}, column {column} keeps its own.</source>
        <translation>「{text}」不是数：第 {row} 行第 {column} 列的格子保持原值。</translation>
    </message>
</context>
<context>
    <name>Arranger</name>
    <message>
        <source>Sorting the images</source>
        <translation>正在排序图像</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
</context>
<context>
    <name>BatchBoardLine</name>
    <message>
        <source>Writing for TensorBoard</source>
        <translation>正在写入 TensorBoard</translation>
    </message>
    <message>
        <source>Written to {folder}: {tag}, step {step}</source>
        <translation>已写入 {folder}：{tag}，第 {step} 步</translation>
    </message>
</context>
<context>
    <name>BatchCard</name>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Fold or unfold the batches</source>
        <translation>收起或展开批次</translation>
    </message>
    <message>
        <source>No batch: {count} images do not fill one of {size}, and drop_last leaves them out.</source>
        <translation>没有批次：{count} 张图像凑不满 {size} 张的一批，又被 drop_last 丢掉。</translation>
    </message>
    <message>
        <source>None of the {count:,} images has a label, so training gets no batch. Label some above, or open a source with labels.</source>
        <translation>{count:,} 张图像都没有标签，所以训练没有批次。请在上面给一些图像加标签，或打开有标签的数据来源。</translation>
    </message>
    <message>
        <source>Starting processes: {count}…</source>
        <extracomment>Parts of the experiment that change what is read, beside the settings.</extracomment>
        <translation>正在启动 {count} 个进程…</translation>
    </message>
    <message>
        <source>Take these settings into the experiment, as one step to undo</source>
        <translation>把这些设置写入实验，可以一步撤销</translation>
    </message>
    <message>
        <source>The batch was not read.</source>
        <translation>没有读取这一批。</translation>
    </message>
    <message>
        <source>The same images: without shuffle every epoch is alike.</source>
        <translation>图像相同：没有 shuffle 时每一轮都一样。</translation>
    </message>
    <message>
        <source>There are no test images, so there is nothing to load.</source>
        <translation>没有测试图像，所以没有可加载的内容。</translation>
    </message>
    <message>
        <source>There are no training images, so there is nothing to load.</source>
        <translation>没有训练图像，所以没有可加载的内容。</translation>
    </message>
    <message>
        <source>To TensorBoard</source>
        <translation>写入 TensorBoard</translation>
    </message>
    <message>
        <source>Use for training</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>Use the settings of the batches</source>
        <translation>使用批次的设置</translation>
    </message>
    <message>
        <source>Write this batch with add_images, de-normalised or not as it is shown after</source>
        <translation>用 add_images 写入这一批；是否反归一化与「变换后」的显示一致</translation>
    </message>
    <message>
        <source>as in training</source>
        <translation>与训练时相同</translation>
    </message>
    <message>
        <source>left out: this epoch does not have these images</source>
        <translation>被丢掉：这一轮没有这些图像</translation>
    </message>
    <message>
        <source>left out: {count}</source>
        <translation>丢掉 {count} 张</translation>
    </message>
    <message>
        <source>the last has {count}</source>
        <translation>最后一批 {count} 张</translation>
    </message>
    <message>
        <source>{count} of {size} images in common</source>
        <translation>{size} 张中有 {count} 张相同</translation>
    </message>
    <message>
        <source>{total:,} drawn, {different:,} different, batches: {count:,}</source>
        <translation>抽取 {total:,} 张，其中不同的 {different:,} 张，{count:,} 批</translation>
    </message>
    <message>
        <source>{total:,} images, batches: {count:,}</source>
        <translation>{total:,} 张图像，{count:,} 批</translation>
    </message>
</context>
<context>
    <name>BatchClasses</name>
    <message>
        <source>How many images of each class there are, and how often this epoch and this batch have them</source>
        <translation>每类有多少张图像，这一轮和这一批里各出现多少次</translation>
    </message>
    <message>
        <source>Images per class</source>
        <translation>每类图像数</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>in the set</source>
        <translation>数据集</translation>
    </message>
</context>
<context>
    <name>BatchNumbers</name>
    <message>
        <source>Draw as training does</source>
        <translation>按训练时抽取</translation>
    </message>
    <message>
        <source>Images, order and values are those that training gets, bit for bit.</source>
        <translation>图像、顺序和数值都与训练时得到的完全一致，逐位相同。</translation>
    </message>
    <message>
        <source>Measured while nothing else is done, from the first epoch&apos;s point of view: nothing is kept in memory yet. Starting processes takes seconds; they pay when a batch takes longer to load than to train on.</source>
        <translation>在没有其他任务时测得，按第一轮的情形：内存中还没有缓存。启动进程要几秒；加载一批比训练一批更慢时才划算。</translation>
    </message>
    <message>
        <source>Numbers of the batch</source>
        <translation>这一批的数值</translation>
    </message>
    <message>
        <source>Order as in training, but the random transforms drew anew: {why}</source>
        <translation>顺序与训练时相同，但随机变换重新抽取：{why}</translation>
    </message>
    <message>
        <source>Put all images that come before through the random transforms; can be cancelled below</source>
        <translation>让前面的所有图像都通过随机变换；可在下方取消</translation>
    </message>
    <message>
        <source>all images that come before would have to be transformed first.</source>
        <translation>需要先变换前面的所有图像。</translation>
    </message>
    <message>
        <source>num_workers {count}: first batch {first}</source>
        <translation>num_workers {count}：第一批 {first}</translation>
    </message>
    <message>
        <source>the model draws from the same generator at each step (dropout).</source>
        <translation>模型每一步也从同一个生成器抽取随机数 (dropout)。</translation>
    </message>
    <message>
        <source>the random test transforms draw from the same generator as training.</source>
        <translation>测试变换中的随机步骤与训练使用同一个生成器。</translation>
    </message>
    <message>
        <source>then {further} each</source>
        <translation>之后每批 {further}</translation>
    </message>
</context>
<context>
    <name>BatchPictures</name>
    <message>
        <source>Images of the batch</source>
        <translation>这一批的图像</translation>
    </message>
    <message>
        <source>In the loader&apos;s order; double click shows one large among the images of its part</source>
        <translation>按加载的顺序；双击可在所属部分的图像中放大查看</translation>
    </message>
    <message>
        <source>image {index}: {name}, {label}</source>
        <translation>图像 {index}：{name}，{label}</translation>
    </message>
</context>
<context>
    <name>BatchReader</name>
    <message>
        <source>Batches</source>
        <extracomment>Worker processes are not started for every number somebody passes by.</extracomment>
        <translation>批次</translation>
    </message>
    <message>
        <source>Reading a batch</source>
        <translation>正在读取批次</translation>
    </message>
</context>
<context>
    <name>BatchSettings</name>
    <message>
        <source>Draw a new order of the images each epoch</source>
        <translation>每一轮都重新打乱图像的顺序</translation>
    </message>
    <message>
        <source>Images in one batch</source>
        <translation>一个批次里的图像数</translation>
    </message>
    <message>
        <source>Leave out the last batch when it is not full; testing itself never does</source>
        <translation>最后一批不满时丢掉；真正测试时不会丢</translation>
    </message>
    <message>
        <source>Processes that load beside the training; 0 loads in place</source>
        <translation>在训练的同时加载图像的进程数；0 表示不另开进程</translation>
    </message>
    <message>
        <source>Seed of the weights, the order and the random transforms</source>
        <translation>权重、顺序和随机变换的随机种子</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>The test images: in their own order, as testing does</source>
        <translation>测试图像：按原有顺序，与测试时相同</translation>
    </message>
    <message>
        <source>The training images, as training loads them</source>
        <translation>训练图像，与训练时的加载方式相同</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>weighted: every class is drawn equally often, with replacement; no shuffle then</source>
        <translation>weighted：各类被抽到的机会相同，有放回抽样；此时不用 shuffle</translation>
    </message>
</context>
<context>
    <name>BatchWork</name>
    <message>
        <source>{done:,} of {total:,} images before it</source>
        <translation>之前的图像 {done:,} / {total:,} 张</translation>
    </message>
</context>
<context>
    <name>BeforeAfterCard</name>
    <message>
        <source>As add_images shows them: values below 0 black, above 1 white.</source>
        <translation>与 add_images 显示的相同：小于 0 的值为黑色，大于 1 的值为白色。</translation>
    </message>
    <message>
        <source>Input → output</source>
        <translation>输入 → 输出</translation>
    </message>
    <message>
        <source>Left what goes in, right what comes out, a picture of the batch a row</source>
        <translation>左边是输入，右边是输出，批次中每张图像占一行</translation>
    </message>
    <message>
        <source>Pictures before and after the layer</source>
        <translation>经过这一层之前和之后的图像</translation>
    </message>
</context>
<context>
    <name>BlueFirstBox</name>
    <message>
        <source>BGR → RGB</source>
        <translation>BGR → RGB</translation>
    </message>
    <message>
        <source>OpenCV puts blue first; models expect red first.</source>
        <translation>OpenCV 把蓝色放在最前，而模型需要红色在最前。</translation>
    </message>
    <message>
        <source>Put cv2.cvtColor(image, cv2.COLOR_BGR2RGB) first in the pipeline; undo takes it back</source>
        <translation>在流水线最前面加上 cv2.cvtColor(image, cv2.COLOR_BGR2RGB)；可以撤销</translation>
    </message>
    <message>
        <source>cv2.imread gives the channels as blue, green, red. ToTensor and ToPILImage take the first for red: the colours are wrong, and so is what a model sees.</source>
        <translation>cv2.imread 得到的通道顺序是蓝、绿、红，而 ToTensor 和 ToPILImage 把第一个通道当作红色：颜色会出错，模型看到的图像也是错的。</translation>
    </message>
</context>
<context>
    <name>BoardCard</name>
    <message>
        <source>A tensor is CHW: channel, height, width. Other pictures are HWC, which add_image must be told. Files: {folder}</source>
        <translation>张量是 CHW：通道、高、宽。其他图像是 HWC，需要告诉 add_image。文件：{folder}</translation>
    </message>
    <message>
        <source>How each stage is handed to TensorBoard</source>
        <translation>每个阶段如何交给 TensorBoard</translation>
    </message>
    <message>
        <source>TensorBoard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>The calls of SummaryWriter, with the order of the axes</source>
        <translation>SummaryWriter 的调用，以及各轴的顺序</translation>
    </message>
    <message>
        <source>Write the draws</source>
        <translation>写入抽样</translation>
    </message>
    <message>
        <source>Write the stages</source>
        <translation>写入阶段</translation>
    </message>
    <message>
        <source>Writing for TensorBoard</source>
        <translation>正在写入 TensorBoard</translation>
    </message>
    <message>
        <source>add_image for every draw under one tag, steps 0, 1, 2 ...: a slider goes over them</source>
        <translation>把每次抽样用 add_image 写到同一个 tag 下，step 为 0、1、2 ……：可用滑块逐个查看</translation>
    </message>
    <message>
        <source>add_image for every stage of every input; of a normalised tensor also with that undone</source>
        <translation>把每个输入的每个阶段用 add_image 写入；归一化过的张量另写一份反归一化的图像</translation>
    </message>
</context>
<context>
    <name>BoardLine</name>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Copy the command that shows it: {command}</source>
        <translation>复制用于查看的命令：{command}</translation>
    </message>
    <message>
        <source>Hide this line</source>
        <translation>隐藏这一行</translation>
    </message>
    <message>
        <source>Written to {folder}</source>
        <translation>已写入 {folder}</translation>
    </message>
</context>
<context>
    <name>BoardWork</name>
    <message>
        <source>Draw {number} of {count}</source>
        <translation>第 {number} 次抽样，共 {count} 次</translation>
    </message>
</context>
<context>
    <name>BrowserActions</name>
    <message>
        <source>Copied images: {count:,}</source>
        <translation>已复制图像：{count:,} 张</translation>
    </message>
    <message>
        <source>Copying images</source>
        <translation>正在复制图像</translation>
    </message>
    <message>
        <source>Export the listing</source>
        <translation>导出清单</translation>
    </message>
    <message>
        <source>Flag images: {count:,}</source>
        <translation>标记图像：{count:,} 张</translation>
    </message>
    <message>
        <source>Label of images: {name} ({count:,})</source>
        <translation>修改标签：{name} ({count:,} 张)</translation>
    </message>
    <message>
        <source>Leave out images: {count:,}</source>
        <translation>排除图像：{count:,} 张</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Take back images: {count:,}</source>
        <translation>恢复图像：{count:,} 张</translation>
    </message>
    <message>
        <source>The listing was written to {path}</source>
        <translation>清单已写入 {path}</translation>
    </message>
    <message>
        <source>Unflag images: {count:,}</source>
        <translation>取消标记：{count:,} 张</translation>
    </message>
    <message>
        <source>as in the data set</source>
        <translation>原标签</translation>
    </message>
</context>
<context>
    <name>BrowserBar</name>
    <message>
        <source>All {count} classes</source>
        <translation>全部 {count} 类</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Left out ({count:,})</source>
        <translation>已排除 ({count:,})</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按名称搜索</translation>
    </message>
    <message>
        <source>Show flagged images only</source>
        <translation>只显示已标记的图像</translation>
    </message>
    <message>
        <source>Show images whose name contains this</source>
        <translation>只显示名称中含有这段文字的图像</translation>
    </message>
    <message>
        <source>Show the images of one class</source>
        <translation>只显示某一类的图像</translation>
    </message>
    <message>
        <source>Test ({count:,})</source>
        <translation>测试集 ({count:,})</translation>
    </message>
    <message>
        <source>Training ({count:,})</source>
        <translation>训练集 ({count:,})</translation>
    </message>
    <message>
        <source>Training or test images, those without a label, those left out</source>
        <translation>训练或测试图像、无标签的图像、已排除的图像</translation>
    </message>
    <message>
        <source>Without label ({count:,})</source>
        <translation>无标签 ({count:,})</translation>
    </message>
</context>
<context>
    <name>BrowserCard</name>
    <message>
        <source>Copy, correct the label, flag, leave out, export … the chosen images</source>
        <translation>对选中的图像：复制、修正标签、标记、排除、导出等</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>No data set is open.</source>
        <translation>还没有打开数据集。</translation>
    </message>
    <message>
        <source>No image fits the filter.</source>
        <translation>没有符合筛选条件的图像。</translation>
    </message>
    <message>
        <source>Open in another tab</source>
        <translation>在其他页中打开</translation>
    </message>
    <message>
        <source>Open the bundled digits</source>
        <translation>打开自带的手写数字</translation>
    </message>
    <message>
        <source>Open the chosen image in another tab</source>
        <translation>在其他页中打开选中的图像</translation>
    </message>
    <message>
        <source>Size of the thumbnails</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Size of the thumbnails (Ctrl+wheel)</source>
        <translation>缩略图大小 (Ctrl+滚轮)</translation>
    </message>
    <message>
        <source>Space shows an image large; Ctrl, Shift and Ctrl+A select; F flags, Delete leaves out, L and digits correct the label; drag images out or right-click for more</source>
        <translation>空格键放大查看；Ctrl、Shift 和 Ctrl+A 选择；F 标记，Delete 排除，L 和数字键修正标签；可把图像拖出，右键查看更多操作</translation>
    </message>
    <message>
        <source>What can be done with the chosen images</source>
        <translation>对选中图像的操作</translation>
    </message>
    <message>
        <source>scikit-learn&apos;s 1,797 handwritten digits</source>
        <translation>scikit-learn 自带的 1,797 张手写数字</translation>
    </message>
</context>
<context>
    <name>BrowserWork</name>
    <message>
        <source>{done:,} of {total:,} images</source>
        <translation>{done:,} / {total:,} 张图像</translation>
    </message>
</context>
<context>
    <name>ChainPage</name>
    <message>
        <source>Add a layer</source>
        <translation>添加一层</translation>
    </message>
    <message>
        <source>Put a layer at the end (nn.Sequential)</source>
        <translation>在末尾加上一层 (nn.Sequential)</translation>
    </message>
</context>
<context>
    <name>ChoiceCard</name>
    <message>
        <source>Model files ({patterns})</source>
        <translation>模型文件 ({patterns})</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models to choose from</source>
        <translation>可选的模型</translation>
    </message>
    <message>
        <source>Networks to build, with random weights</source>
        <translation>可构建的网络，权重随机</translation>
    </message>
    <message>
        <source>Open a checkpoint or a state_dict (torch.load, weights_only=True)</source>
        <translation>打开检查点或 state_dict (torch.load, weights_only=True)</translation>
    </message>
    <message>
        <source>Open a model file</source>
        <translation>打开模型文件</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Outputs and input</source>
        <translation>输出与输入</translation>
    </message>
</context>
<context>
    <name>ChosenRow</name>
    <message>
        <source>Show these images in the grid</source>
        <translation>在缩略图中显示这些图像</translation>
    </message>
</context>
<context>
    <name>ClassImagesCard</name>
    <message>
        <source>Appear once all images were looked at.</source>
        <translation>查看全部图像之后显示。</translation>
    </message>
    <message>
        <source>Class images</source>
        <translation>各类图像</translation>
    </message>
    <message>
        <source>Click a class to see only its images</source>
        <translation>点击某一类，只看这一类的图像</translation>
    </message>
    <message>
        <source>Images of the classes</source>
        <translation>各类的图像</translation>
    </message>
    <message>
        <source>The mean of all images of each class</source>
        <translation>每一类全部图像的平均</translation>
    </message>
    <message>
        <source>Where the images of a class differ: bright is a large deviation</source>
        <translation>同类图像在哪里不同：越亮差异越大</translation>
    </message>
    <message>
        <source>{name}: {count:,} images, averaged at {width}×{height}</source>
        <translation>{name}：{count:,} 张图像，按 {width}×{height} 求平均</translation>
    </message>
</context>
<context>
    <name>ClassesCard</name>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Click a class to see only its images</source>
        <translation>点击某一类，只看这一类的图像</translation>
    </message>
    <message>
        <source>Images per class</source>
        <translation>每类图像数</translation>
    </message>
    <message>
        <source>{count:,} images without a label</source>
        <extracomment>Decimals that go into Normalize. Files that cannot be read: named on the card, and in its tooltip.</extracomment>
        <translation>{count:,} 张图像无标签</translation>
    </message>
</context>
<context>
    <name>Closer</name>
    <message>
        <source>A training is running.</source>
        <translation>训练正在进行。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stopping it keeps a checkpoint; the run can be resumed later.</source>
        <translation>停止时会保存检查点，以后可以接着训练。</translation>
    </message>
    <message>
        <source>Stopping the training and writing a checkpoint…</source>
        <translation>正在停止训练并保存检查点…</translation>
    </message>
</context>
<context>
    <name>CodePanel</name>
    <message>
        <source>A script that prints the numbers shown; it needs no tudui-gui</source>
        <translation>能打印出同样数字的脚本，不依赖 tudui-gui</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the script to the clipboard</source>
        <translation>把脚本复制到剪贴板</translation>
    </message>
    <message>
        <source>Python files (*.py)</source>
        <translation>Python 文件 (*.py)</translation>
    </message>
    <message>
        <source>Python script for what is on screen</source>
        <translation>与当前画面对应的 Python 脚本</translation>
    </message>
    <message>
        <source>Save as .py</source>
        <translation>存为 .py</translation>
    </message>
    <message>
        <source>There is no script for this page yet.</source>
        <translation>这一页还没有对应的脚本。</translation>
    </message>
    <message>
        <source>Which of the scripts for this page is shown</source>
        <translation>选择显示这一页的哪个脚本</translation>
    </message>
    <message>
        <source>Which script</source>
        <translation>脚本种类</translation>
    </message>
    <message>
        <source>Write the script to a Python file</source>
        <translation>把脚本写入 Python 文件</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Experiments (*.toml)</source>
        <translation>实验 (*.toml)</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Save experiment</source>
        <translation>保存实验</translation>
    </message>
</context>
<context>
    <name>CompareCard</name>
    <message>
        <source>Beside it</source>
        <translation>旁边的模型</translation>
    </message>
    <message>
        <source>Checkpoint (*.pt *.pth)</source>
        <translation>检查点 (*.pt *.pth)</translation>
    </message>
    <message>
        <source>Choose a map here or beside: the other follows</source>
        <translation>在这里或旁边选一张特征图，另一边会跟随</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Close the second model</source>
        <translation>关闭第二个模型</translation>
    </message>
    <message>
        <source>Ctrl+wheel zooms</source>
        <translation>Ctrl+滚轮缩放</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Feature maps of the second model</source>
        <translation>第二个模型的特征图</translation>
    </message>
    <message>
        <source>Layer of the second model</source>
        <translation>第二个模型的层</translation>
    </message>
    <message>
        <source>Open a checkpoint</source>
        <translation>打开检查点</translation>
    </message>
    <message>
        <source>Open a checkpoint…</source>
        <translation>打开检查点…</translation>
    </message>
    <message>
        <source>Opening a checkpoint</source>
        <translation>正在打开检查点</translation>
    </message>
    <message>
        <source>Same layer</source>
        <translation>同一层</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二个模型</translation>
    </message>
    <message>
        <source>The chosen map of the second model</source>
        <translation>第二个模型中选中的特征图</translation>
    </message>
    <message>
        <source>The layer of the second model; by itself the one of the same name</source>
        <translation>第二个模型的层；默认取同名的层</translation>
    </message>
    <message>
        <source>The mean of the map beside and of this one; the mean of their absolute differences; their correlation. Channels of separately trained models have nothing to do with each other</source>
        <translation>旁边那张特征图与这一张的均值；两者之差的绝对值的均值；两者的相关系数。分别训练的模型，其通道之间没有对应关系</translation>
    </message>
    <message>
        <source>The model to compare with; or choose a run below</source>
        <translation>用来比较的模型；也可以在下面选一次运行</translation>
    </message>
</context>
<context>
    <name>ComparedBar</name>
    <message>
        <source>The epoch to compare with</source>
        <translation>要与之比较的轮次</translation>
    </message>
    <message>
        <source>The other epoch</source>
        <translation>另一个轮次</translation>
    </message>
    <message>
        <source>epoch </source>
        <translation>轮次 </translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <source>Fold or unfold the differences</source>
        <translation>收起或展开差异</translation>
    </message>
    <message>
        <source>Let testing and predicting use the training pipeline without its random steps</source>
        <translation>测试和预测也用训练的流水线，但去掉随机步骤</translation>
    </message>
    <message>
        <source>Prediction has random steps: the same image would get another answer each time.</source>
        <translation>预测流水线里有随机步骤：同一张图片每次会得到不同的答案。</translation>
    </message>
    <message>
        <source>Prepare as in training</source>
        <translation>与训练时一致</translation>
    </message>
    <message>
        <source>This model predicts with images prepared otherwise than it was trained with:</source>
        <translation>这个模型预测时的图像处理与训练时不同：</translation>
    </message>
    <message>
        <source>prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>ConfusionCard</name>
    <message>
        <source>Confusion</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Confusion · epoch {epoch}</source>
        <translation>混淆矩阵 · 第 {epoch} 轮</translation>
    </message>
    <message>
        <source>Test images by true class (row) and prediction (column)</source>
        <translation>测试集图像按真实类别（行）和预测类别（列）计数</translation>
    </message>
    <message>
        <source>Which classes are mistaken for which: shown after the first epoch.</source>
        <translation>哪些类别被认成了哪些类别：第一轮结束后显示。</translation>
    </message>
    <message>
        <source>row: true, column: predicted</source>
        <translation>行：真实，列：预测</translation>
    </message>
    <message>
        <source>{label} → {prediction}: {count} images</source>
        <translation>{label} → {prediction}：{count} 张</translation>
    </message>
</context>
<context>
    <name>CurvesPanel</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>DatasetsPage</name>
    <message>
        <source>Datasets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Leave out images: {count:,}</source>
        <extracomment>Keys of the preferences: what stands below the images and beside them. Height of the browser in which one image can be looked at. So many of the selected images are told to the other tabs.</extracomment>
        <translation>排除图像：{count:,} 张</translation>
    </message>
    <message>
        <source>Normalize of the training and the test pipeline has this mean and std now.</source>
        <translation>训练和测试流水线里的 Normalize 已改用这组 mean 和 std。</translation>
    </message>
    <message>
        <source>Unpacking</source>
        <translation>正在解压</translation>
    </message>
    <message>
        <source>Use mean and std in Normalize</source>
        <translation>把 mean 和 std 用于 Normalize</translation>
    </message>
    <message>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>剩余 {minutes}:{seconds:02d}</translation>
    </message>
</context>
<context>
    <name>DetailColumn</name>
    <message>
        <source>Framed: the part of the input that the probed pixel can see</source>
        <translation>框内：被查看的像素在输入中能看到的部分</translation>
    </message>
    <message>
        <source>Histogram of the chosen map</source>
        <translation>所选特征图的直方图</translation>
    </message>
    <message>
        <source>Hover a pixel: its value, and the sum it is. Ctrl+wheel zooms</source>
        <translation>鼠标悬停在像素上：查看它的值和求和过程。Ctrl+滚轮缩放</translation>
    </message>
    <message>
        <source>Map {index}</source>
        <translation>特征图 {index}</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Receptive field</source>
        <translation>感受野</translation>
    </message>
    <message>
        <source>The chosen map</source>
        <translation>所选特征图</translation>
    </message>
    <message>
        <source>The tensor that goes into the model</source>
        <translation>送入模型的张量</translation>
    </message>
    <message>
        <source>What this number is made of</source>
        <translation>这个数是怎样算出来的</translation>
    </message>
</context>
<context>
    <name>DetailsCard</name>
    <message>
        <source>Drop an image, or draw a digit.</source>
        <extracomment>Shares from which on the model is said to be sure, or fairly sure. Of five bars: the cards below must not move when a drawing gets its first answer.</extracomment>
        <translation>拖入一张图像，或手写一个数字。</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测结果</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>softmax of the network&apos;s outputs: the most probable classes</source>
        <translation>对网络输出做 softmax：概率最大的几个类别</translation>
    </message>
    <message>
        <source>wrong: it is {name}</source>
        <translation>错误：其实是 {name}</translation>
    </message>
    <message>
        <source>{share} · fairly sure</source>
        <translation>{share} · 比较有把握</translation>
    </message>
    <message>
        <source>{share} · sure</source>
        <translation>{share} · 很有把握</translation>
    </message>
    <message>
        <source>{share} · unsure</source>
        <translation>{share} · 没有把握</translation>
    </message>
</context>
<context>
    <name>DownloadRow</name>
    <message>
        <source>Cancel the download</source>
        <translation>取消下载</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>下载 {name}</translation>
    </message>
    <message>
        <source>Fetch the files, check them and unpack them into the data folder</source>
        <translation>下载文件，校验后解压到数据文件夹</translation>
    </message>
    <message>
        <source>How much of the file has come</source>
        <translation>文件已下载多少</translation>
    </message>
</context>
<context>
    <name>DrawExport</name>
    <message>
        <source>Copied: {text}</source>
        <translation>已复制：{text}</translation>
    </message>
    <message>
        <source>Copy the draw</source>
        <translation>复制这次抽样</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>复制图像</translation>
    </message>
    <message>
        <source>Copy this draw in full size, and the numbers drawn</source>
        <translation>复制这次抽样的原尺寸图像和抽到的数值</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Save a draw</source>
        <translation>保存抽样结果</translation>
    </message>
    <message>
        <source>Save the draw</source>
        <translation>保存这次抽样</translation>
    </message>
    <message>
        <source>Save the picture…</source>
        <translation>保存图像…</translation>
    </message>
    <message>
        <source>Save this draw in full size as PNG</source>
        <translation>把这次抽样的原尺寸图像存为 PNG</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
</context>
<context>
    <name>Draws</name>
    <message>
        <source>a step fails</source>
        <translation>有步骤出错</translation>
    </message>
    <message>
        <source>applied</source>
        <translation>已执行</translation>
    </message>
    <message>
        <source>flipped</source>
        <translation>已翻转</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>no operation</source>
        <translation>没有操作</translation>
    </message>
    <message>
        <source>not applied</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>not flipped</source>
        <translation>未翻转</translation>
    </message>
    <message>
        <source>yes</source>
        <extracomment>What is said in words, or spelled out step by step.</extracomment>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>DrawsCard</name>
    <message>
        <source>A step fails: put it right to see the draws.</source>
        <translation>有一个步骤出错，改正后才能看到抽样结果。</translation>
    </message>
    <message>
        <source>Click a draw, or press Enter on it, to see it step by step</source>
        <translation>点击一次抽样，或在它上面按回车，逐步查看</translation>
    </message>
    <message>
        <source>Code of all draws</source>
        <translation>所有抽样的代码</translation>
    </message>
    <message>
        <source>Draw every random step, not only the chosen one</source>
        <translation>所有随机步骤都抽样，而不只是选中的那一步</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Go on with the seeds after these</source>
        <translation>接着用后面的随机种子</translation>
    </message>
    <message>
        <source>How many seeds are tried: 1 to 100; the tutorial draws 10</source>
        <translation>试多少个随机种子：1 到 100；教程里抽 10 次</translation>
    </message>
    <message>
        <source>Nothing is random here. Add RandomCrop, a random flip or ColorJitter.</source>
        <translation>这里没有随机步骤。加上 RandomCrop、随机翻转或 ColorJitter 试试。</translation>
    </message>
    <message>
        <source>Picture before chance</source>
        <translation>随机步骤之前的图像</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Roll again</source>
        <extracomment>Draws side by side at the start (the tutorial&apos;s), and the most there can be.</extracomment>
        <translation>换一批</translation>
    </message>
    <message>
        <source>Show in Code the script that makes all these draws</source>
        <translation>在「代码」中显示生成所有这些抽样的脚本</translation>
    </message>
    <message>
        <source>Show step by step</source>
        <translation>逐步查看</translation>
    </message>
    <message>
        <source>What the random step is given; boxes are what each draw takes of it, dashed is erased</source>
        <translation>随机步骤得到的输入；方框是每次抽样取用的部分，虚线框是被擦除的部分</translation>
    </message>
    <message>
        <source>Whole pipeline</source>
        <translation>整条流水线</translation>
    </message>
    <message>
        <source>draws</source>
        <translation>抽样次数</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>torch.manual_seed before the pipeline; draw n uses the n-th seed after it</source>
        <translation>运行流水线之前的 torch.manual_seed；第 n 次抽样使用其后的第 n 个种子</translation>
    </message>
    <message>
        <source>{name}: {count} draws</source>
        <translation>{name}：{count} 次抽样</translation>
    </message>
</context>
<context>
    <name>DrawsReader</name>
    <message>
        <source>Draw</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Draws</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Save a draw</source>
        <translation>保存抽样结果</translation>
    </message>
</context>
<context>
    <name>EditController</name>
    <message>
        <source>Correcting the data set</source>
        <translation>正在修正数据集</translation>
    </message>
    <message>
        <source>Corrections of this data set from before were taken up again.</source>
        <translation>已恢复以前对这个数据集的修正。</translation>
    </message>
</context>
<context>
    <name>EmbeddingCard</name>
    <message>
        <source>An image a point; the wheel zooms, 0 shows all, Page Down goes from point to point</source>
        <translation>每个点是一张图像；滚轮缩放，0 显示全部，Page Down 逐点移动</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Each image becomes a point; similar ones lie close together.</source>
        <translation>每张图像成为一个点，相似的图像靠得近。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <extracomment>In a card narrower than this the settings make room for the points once they are there.</extracomment>
        <translation>降维</translation>
    </message>
    <message>
        <source>Images as points</source>
        <translation>图像降维</translation>
    </message>
    <message>
        <source>Lay the images out in a plane</source>
        <translation>把图像排布到平面上</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>EmbeddingLegend</name>
    <message>
        <source>Classes of the points</source>
        <extracomment>Where a row&apos;s box ends.</extracomment>
        <translation>各点的类别</translation>
    </message>
    <message>
        <source>Click: highlight a class. Box: show or hide it. Enter: choose its points. After ten classes the colours begin again.</source>
        <translation>点击：突出显示一类。复选框：显示或隐藏。回车：选中这一类的点。超过十类时颜色循环使用。</translation>
    </message>
</context>
<context>
    <name>EmbeddingSettings</name>
    <message>
        <source>About how many neighbours each image has (t-SNE)</source>
        <translation>每张图像大约有多少个近邻 (t-SNE)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Compute</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Lay the images out in a plane</source>
        <translation>把图像排布到平面上</translation>
    </message>
    <message>
        <source>Neighbours stay neighbours; takes seconds to minutes</source>
        <translation>让近邻仍是近邻；需要几秒到几分钟</translation>
    </message>
    <message>
        <source>Numbers of each image: 16 x 16 pixels, or a layer</source>
        <translation>每张图像取哪些数：16 x 16 像素，或某一层的输出</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>So many images, the same share of each class</source>
        <translation>最多取多少张图像，各类按相同比例</translation>
    </message>
    <message>
        <source>Stop computing</source>
        <translation>停止计算</translation>
    </message>
    <message>
        <source>The two directions in which the images differ most; takes a moment</source>
        <translation>图像差异最大的两个方向；很快</translation>
    </message>
    <message>
        <source>Train + test</source>
        <translation>训练 + 测试</translation>
    </message>
    <message>
        <source>Which parts of the data set</source>
        <translation>数据集的哪些部分</translation>
    </message>
    <message>
        <source>Whose output is taken; maps are averaged</source>
        <translation>取哪一层的输出；特征图取平均</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>before the last Linear</source>
        <translation>最后一个 Linear 之前</translation>
    </message>
    <message>
        <source>features</source>
        <translation>特征</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>random_state, and the seed of the choice of images</source>
        <translation>random_state，也是选取图像的随机种子</translation>
    </message>
</context>
<context>
    <name>EmbeddingTexts</name>
    <message>
        <source>Left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Training</source>
        <extracomment>The marks of the parts as the plot draws them.</extracomment>
        <translation>训练</translation>
    </message>
    <message>
        <source>Unlabelled</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>component {number}: {share:.1%} of the variance</source>
        <translation>第 {number} 主成分：占方差的 {share:.1%}</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>{count:,} of {total:,}</source>
        <translation>{total:,} 张中的 {count:,} 张</translation>
    </message>
    <message>
        <source>{count} not readable</source>
        <translation>{count} 张无法读取</translation>
    </message>
</context>
<context>
    <name>EmbeddingWork</name>
    <message>
        <source>Iteration {done:,} of {total:,}</source>
        <translation>迭代 {done:,} / {total:,}</translation>
    </message>
    <message>
        <source>{done:,} of {total:,} images</source>
        <translation>{done:,} / {total:,} 张图像</translation>
    </message>
    <message>
        <source>{seconds:.0f} s left</source>
        <translation>剩余 {seconds:.0f} 秒</translation>
    </message>
</context>
<context>
    <name>EpochsBar</name>
    <message>
        <source>A run, to see the same layer and picture in each of its checkpoints</source>
        <translation>选一次运行，查看同一层、同一张图片在它各个检查点中的样子</translation>
    </message>
    <message>
        <source>Choose a run</source>
        <translation>选择一次运行</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>No run has a checkpoint yet: train one, and see its layers epoch by epoch.</source>
        <translation>还没有带检查点的运行：先训练一次，就能逐轮查看各层。</translation>
    </message>
    <message>
        <source>Opening a checkpoint</source>
        <translation>正在打开检查点</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The checkpoint whose layer is shown; the arrow keys go epoch by epoch</source>
        <translation>当前显示哪个检查点的层；方向键逐轮移动</translation>
    </message>
    <message>
        <source>This run kept its best and last checkpoint alone; keep_epochs in Train keeps every epoch.</source>
        <translation>这次运行只保留了最佳和最后的检查点；在“训练”中设置 keep_epochs 可保留每一轮。</translation>
    </message>
    <message>
        <source>best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>第 {number} 轮</translation>
    </message>
    <message>
        <source>last, within an epoch</source>
        <translation>最后（一轮之中）</translation>
    </message>
</context>
<context>
    <name>ExperimentCard</name>
    <message>
        <source>Begin anew with one of the shipped experiments</source>
        <translation>从自带的实验重新开始</translation>
    </message>
    <message>
        <source>CIFAR-10: the tutorial&apos;s script</source>
        <translation>CIFAR-10：教程里的脚本</translation>
    </message>
    <message>
        <source>Digits and shapes: two bundled sets as one</source>
        <translation>手写数字和图形：两个自带数据集合为一个</translation>
    </message>
    <message>
        <source>Digits: bundled, trains in seconds</source>
        <translation>手写数字：自带，几秒训练完</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Experiment (*.toml)</source>
        <translation>实验 (*.toml)</translation>
    </message>
    <message>
        <source>Open an experiment</source>
        <translation>打开实验</translation>
    </message>
    <message>
        <source>Open an experiment (.toml)…</source>
        <translation>打开实验 (.toml)…</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Save the experiment</source>
        <translation>保存实验</translation>
    </message>
    <message>
        <source>Save the experiment as .toml…</source>
        <translation>把实验存为 .toml…</translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation>已保存 {path}。</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message>
        <source>Take the last edit back (Ctrl+Z)</source>
        <translation>撤销上一次修改 (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>opening of an experiment</source>
        <translation>打开实验</translation>
    </message>
</context>
<context>
    <name>ExperimentComparison</name>
    <message>
        <source>Testing and predicting prepare images otherwise than training:</source>
        <translation>测试和预测时的图像处理与训练时不同：</translation>
    </message>
    <message>
        <source>Use the pipeline for test</source>
        <translation>把流水线用于测试</translation>
    </message>
</context>
<context>
    <name>ExperimentForm</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>How the images are split, how many of each class are taken, and their corrections</source>
        <translation>图像如何划分、每类取多少张，以及对它们的修正</translation>
    </message>
    <message>
        <source>How the weights follow the gradient (torch.optim)</source>
        <translation>权重如何沿梯度更新 (torch.optim)</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失函数</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Split, subset, corrections</source>
        <translation>划分、子集、修正</translation>
    </message>
    <message>
        <source>The images to train and to test with</source>
        <translation>用于训练和测试的图像</translation>
    </message>
    <message>
        <source>The network (torch.nn.Module) whose weights are trained</source>
        <translation>要训练权重的网络 (torch.nn.Module)</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>What the optimiser makes smaller</source>
        <translation>优化器要减小的目标</translation>
    </message>
    <message>
        <source>change of {name}</source>
        <translation>修改 {name}</translation>
    </message>
</context>
<context>
    <name>ExportButton</name>
    <message>
        <source>.npy: float32 [C, H, W], for numpy.load</source>
        <translation>.npy：float32 [C, H, W]，可用 numpy.load 读取</translation>
    </message>
    <message>
        <source>Array (*.npy)</source>
        <translation>数组 (*.npy)</translation>
    </message>
    <message>
        <source>Export the maps</source>
        <translation>导出特征图</translation>
    </message>
    <message>
        <source>Export the points</source>
        <translation>导出各点</translation>
    </message>
    <message>
        <source>Numbers as CSV…</source>
        <translation>数据存为 CSV…</translation>
    </message>
    <message>
        <source>Numbers…</source>
        <translation>数值…</translation>
    </message>
    <message>
        <source>PNG, as they are shown, with captions</source>
        <translation>PNG，与显示的一样，带说明文字</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Picture as PNG…</source>
        <translation>图片存为 PNG…</translation>
    </message>
    <message>
        <source>Picture of all maps…</source>
        <translation>所有特征图的图片…</translation>
    </message>
    <message>
        <source>Save as PNG, or part, key, class, x, y as CSV</source>
        <translation>存为 PNG，或把部分、键、类别、x、y 存为 CSV</translation>
    </message>
    <message>
        <source>Save the maps as a picture</source>
        <translation>把特征图保存为图片</translation>
    </message>
    <message>
        <source>Save the maps as numbers</source>
        <translation>把特征图保存为数值</translation>
    </message>
    <message>
        <source>Save the maps, or write them for TensorBoard</source>
        <translation>保存特征图，或写入 TensorBoard</translation>
    </message>
    <message>
        <source>Save the points as a picture</source>
        <translation>把各点存为图片</translation>
    </message>
    <message>
        <source>Save the points as a table</source>
        <translation>把各点存为表格</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
    <message>
        <source>Saving the maps</source>
        <translation>正在保存特征图</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The input by add_image, the maps as they are shown by add_images</source>
        <translation>输入用 add_image，特征图按显示的样子用 add_images</translation>
    </message>
    <message>
        <source>The maps of each checkpoint under one tag, the epoch as step: a slider goes over them</source>
        <translation>各检查点的特征图写在同一个 tag 下，以轮次为 step：可用滑块逐个查看</translation>
    </message>
    <message>
        <source>Write every epoch for TensorBoard</source>
        <translation>把每一轮写入 TensorBoard</translation>
    </message>
    <message>
        <source>Write for TensorBoard</source>
        <translation>写入 TensorBoard</translation>
    </message>
    <message>
        <source>Writing for TensorBoard</source>
        <translation>正在写入 TensorBoard</translation>
    </message>
</context>
<context>
    <name>FactsTexts</name>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
    <message>
        <source>w:h</source>
        <translation>宽:高</translation>
    </message>
    <message>
        <source>w:h: lowest, middle and highest width / height</source>
        <translation>宽:高：宽除以高的最小值、中位数和最大值</translation>
    </message>
    <message>
        <source>{count:,} more</source>
        <translation>另有 {count:,} 种</translation>
    </message>
</context>
<context>
    <name>FactsWork</name>
    <message>
        <source>{done:,} of {total:,} images</source>
        <extracomment>A standard deviation is at most a half: it is shown twice as bright.</extracomment>
        <translation>{done:,} / {total:,} 张图像</translation>
    </message>
</context>
<context>
    <name>FiguresStrip</name>
    <message>
        <source>Progress of the epoch</source>
        <translation>本轮进度</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>Steps of the epoch that are done</source>
        <translation>本轮已完成的步数</translation>
    </message>
    <message>
        <source>Steps of the run that are done</source>
        <translation>整个训练已完成的步数</translation>
    </message>
    <message>
        <source>epoch</source>
        <extracomment>Figures are read by people: no more often than this, in milliseconds.</extracomment>
        <translation>轮次</translation>
    </message>
    <message>
        <source>images / s</source>
        <translation>张 / 秒</translation>
    </message>
    <message>
        <source>left</source>
        <translation>剩余时间</translation>
    </message>
    <message>
        <source>test accuracy</source>
        <translation>测试准确率</translation>
    </message>
    <message>
        <source>train loss</source>
        <translation>训练损失</translation>
    </message>
</context>
<context>
    <name>FindingTexts</name>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>FindingsModel</name>
    <message>
        <source>Found: {count:,}</source>
        <extracomment>The second line of a row. So many findings of a kind have rows: Qt asks about each row when a kind is unfolded.</extracomment>
        <translation>{count:,} 处</translation>
    </message>
    <message>
        <source>Found: {count:,}; first {rows:,} listed</source>
        <translation>{count:,} 处，列出前 {rows:,} 处</translation>
    </message>
</context>
<context>
    <name>FindingsView</name>
    <message>
        <source>Enter or double click shows the images, Delete leaves them out of training</source>
        <translation>回车或双击显示图像，Delete 将其排除</translation>
    </message>
    <message>
        <source>Leave out all of this kind</source>
        <translation>排除全部此类</translation>
    </message>
    <message>
        <source>Leave out of training</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>Problems</source>
        <extracomment>Kinds with at most so many findings are open from the start.</extracomment>
        <translation>问题</translation>
    </message>
    <message>
        <source>Show in the grid</source>
        <translation>在缩略图中显示</translation>
    </message>
</context>
<context>
    <name>FolderCard</name>
    <message>
        <source>Apply the pipeline to every image and save the results</source>
        <translation>用流水线处理每张图像并保存结果</translation>
    </message>
    <message>
        <source>Choose a folder of images, or drop one here.</source>
        <translation>请选择图像文件夹，或把文件夹拖到这里。</translation>
    </message>
    <message>
        <source>End after the files that are being written; they stay</source>
        <translation>写完当前的文件后停止；已写的文件会保留</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>How many of the images were gone through</source>
        <translation>已处理多少张图像</translation>
    </message>
    <message>
        <source>Look at the folder</source>
        <extracomment>A person who types has this long for the next key (ms).</extracomment>
        <translation>检查文件夹</translation>
    </message>
    <message>
        <source>Open the folder of the results</source>
        <translation>打开结果文件夹</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Save a table (CSV): each file with its seed, or why it is missing</source>
        <translation>保存表格 (CSV)：每个文件及其随机种子，或缺少它的原因</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>已保存 {path}</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The first names beforehand; afterwards what was written and left out</source>
        <translation>开始前显示前几个文件名，完成后显示写入和略去的文件</translation>
    </message>
    <message>
        <source>Transform a folder</source>
        <translation>变换整个文件夹</translation>
    </message>
    <message>
        <source>What comes out</source>
        <translation>输出内容</translation>
    </message>
</context>
<context>
    <name>FolderForm</name>
    <message>
        <source>Choose the folder for the results</source>
        <translation>选择存放结果的文件夹</translation>
    </message>
    <message>
        <source>Choose the folder of images</source>
        <translation>选择图像文件夹</translation>
    </message>
    <message>
        <source>Every image in this folder and its sub-folders is read</source>
        <translation>读取这个文件夹及其子文件夹中的所有图像</translation>
    </message>
    <message>
        <source>Every step</source>
        <translation>每一步</translation>
    </message>
    <message>
        <source>Existing files</source>
        <translation>已有文件</translation>
    </message>
    <message>
        <source>Files that are there already: do not start, leave them and go on, or replace them</source>
        <translation>遇到已有的文件时：不开始、保留它们并继续，或替换它们</translation>
    </message>
    <message>
        <source>Folder for the results</source>
        <translation>结果文件夹</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Keep existing</source>
        <translation>保留已有</translation>
    </message>
    <message>
        <source>Keep the result of each step, not of the last alone</source>
        <translation>保存每一步的结果，而不只是最后一步</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>文件名</translation>
    </message>
    <message>
        <source>Names of the results without ending. Numbers may have a width: {copy:03}</source>
        <translation>结果的文件名，不含扩展名。数字可以指定位数：{copy:03}</translation>
    </message>
    <message>
        <source>Never overwrite</source>
        <translation>绝不覆盖</translation>
    </message>
    <message>
        <source>Normalize</source>
        <translation>Normalize</translation>
    </message>
    <message>
        <source>Normalize undone</source>
        <translation>还原 Normalize</translation>
    </message>
    <message>
        <source>Normalized as it is</source>
        <translation>保持 Normalize 后的值</translation>
    </message>
    <message>
        <source>PNG keeps every value; JPEG is smaller; .npy and .pt keep the numbers of a tensor</source>
        <translation>PNG 保留所有值；JPEG 更小；.npy 和 .pt 保留张量的数值</translation>
    </message>
    <message>
        <source>Quality of JPEG: 1 to 100</source>
        <translation>JPEG 的质量：1 到 100</translation>
    </message>
    <message>
        <source>Replace existing</source>
        <translation>替换已有</translation>
    </message>
    <message>
        <source>Results for each image, each with a seed of its own</source>
        <translation>每张图像的结果份数，每份有各自的随机种子</translation>
    </message>
    <message>
        <source>The results go here, in the same sub-folders; made if missing</source>
        <translation>结果存放在这里，子文件夹结构相同；文件夹不存在时自动创建</translation>
    </message>
    <message>
        <source>The seed of a copy follows from this number, the file&apos;s path and the copy&apos;s number</source>
        <translation>每份的随机种子由这个数、文件的路径和份的序号决定</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>What lies in the folder of the results is then no source</source>
        <translation>选中后，结果文件夹里的内容不算作来源</translation>
    </message>
    <message>
        <source>Whether Normalize is undone before a tensor is kept; pictures of it cut off at 0 and 1</source>
        <translation>保存张量前是否还原 Normalize；存成图像时 0 到 1 以外的值会被截断</translation>
    </message>
    <message>
        <source>Write inside the source folder</source>
        <translation>写到来源文件夹内</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>份数</translation>
    </message>
    <message>
        <source>quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>quality </source>
        <translation>质量 </translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
</context>
<context>
    <name>FolderTexts</name>
    <message>
        <source>Files written: {written:,}, in {seconds} s.</source>
        <translation>已写入 {written:,} 个文件，用时 {seconds} 秒。</translation>
    </message>
    <message>
        <source>Images: {images:,}, files: {files:,}</source>
        <extracomment>So many of what was left out are listed; the saved report has all.</extracomment>
        <translation>{images:,} 张图像，{files:,} 个文件</translation>
    </message>
    <message>
        <source>Left out: {count:,} ({reasons}).</source>
        <translation>略去：{count:,}（{reasons}）。</translation>
    </message>
    <message>
        <source>Stopped after {done:,} of {total:,} images. Keep existing files to go on later.</source>
        <translation>处理了 {total:,} 张图像中的 {done:,} 张后停止。以后要接着做，请选择「保留已有」。</translation>
    </message>
    <message>
        <source>and {count:,} more: the saved report lists them all</source>
        <translation>还有 {count:,} 个：保存的报告中列出全部</translation>
    </message>
</context>
<context>
    <name>FolderWork</name>
    <message>
        <source>Looking for images</source>
        <extracomment>Results that are named beforehand.</extracomment>
        <translation>正在查找图像</translation>
    </message>
    <message>
        <source>{done:,} of {total:,} images, files: {written:,}, left out: {skipped:,}</source>
        <translation>已处理 {done:,} / {total:,} 张图像，写入 {written:,} 个文件，略去 {skipped:,} 个</translation>
    </message>
    <message>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>剩余 {minutes}:{seconds:02d}</translation>
    </message>
</context>
<context>
    <name>FrameBox</name>
    <message>
        <source>Picture in the file</source>
        <translation>文件中的第几张图像</translation>
    </message>
    <message>
        <source>Which of the file&apos;s pictures (Image.seek): a frame of an animation, a page of a TIFF</source>
        <translation>使用文件中的哪一张图像 (Image.seek)：动画的一帧，或 TIFF 的一页</translation>
    </message>
</context>
<context>
    <name>ImageMenu</name>
    <message>
        <source>As in the data set</source>
        <extracomment>A submenu lists so many classes at most; of more, one is typed.</extracomment>
        <translation>还原为原标签</translation>
    </message>
    <message>
        <source>Class…</source>
        <translation>类别…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Correct the label</source>
        <translation>修正标签</translation>
    </message>
    <message>
        <source>Export the listing as CSV…</source>
        <translation>把清单导出为 CSV…</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Leave out of training and test</source>
        <translation>从训练和测试中排除</translation>
    </message>
    <message>
        <source>Open in Layers</source>
        <translation>在网络层中打开</translation>
    </message>
    <message>
        <source>Open in Predict</source>
        <translation>在预测中打开</translation>
    </message>
    <message>
        <source>Open in Transforms</source>
        <translation>在图像变换中打开</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Take back into the data set</source>
        <translation>恢复到数据集</translation>
    </message>
    <message>
        <source>Take the flag away</source>
        <translation>取消标记</translation>
    </message>
</context>
<context>
    <name>ImagesCard</name>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Look at all images</source>
        <translation>查看全部图像</translation>
    </message>
    <message>
        <source>Looking at all images</source>
        <translation>正在查看全部图像</translation>
    </message>
    <message>
        <source>Mean and std on the scale of ToTensor, sizes, modes and the mean image of each class</source>
        <translation>按 ToTensor 的取值范围计算 mean 和 std，并统计尺寸、模式和每类的平均图像</translation>
    </message>
    <message>
        <source>Put this mean and std into Normalize of the training and the test pipeline</source>
        <translation>把这组 mean 和 std 填入训练和测试流水线的 Normalize</translation>
    </message>
    <message>
        <source>Use in Normalize</source>
        <translation>用于 Normalize</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>sizes of {count} of {total:,}</source>
        <translation>尺寸取自 {total:,} 张中的 {count} 张</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>{count:,} cannot be read and were passed over: {names}</source>
        <translation>{count:,} 张无法读取，已跳过：{names}</translation>
    </message>
</context>
<context>
    <name>InputCard</name>
    <message>
        <source>Add an input</source>
        <translation>添加输入</translation>
    </message>
    <message>
        <source>At most {most} inputs are compared; {count} left out.</source>
        <translation>最多比较 {most} 个输入，已略去 {count} 个。</translation>
    </message>
    <message>
        <source>Bundled photos</source>
        <translation>自带照片</translation>
    </message>
    <message>
        <source>Click or arrow keys: choose. Drag or Alt+arrow: another order. Delete: remove</source>
        <translation>点击或方向键：选择。拖动或 Alt+方向键：调整顺序。Delete：移除</translation>
    </message>
    <message>
        <source>Compare another image, as a further row; dropping one on the tiles does the same</source>
        <translation>再加一张图像来比较，单独占一行；把图像拖到缩略图上也可以</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>From data set</source>
        <translation>从数据集</translation>
    </message>
    <message>
        <source>How many images of the data set go in together</source>
        <translation>一次送入数据集的多少张图像</translation>
    </message>
    <message>
        <source>Images ({endings})</source>
        <translation>图像 ({endings})</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图像 ({patterns})</translation>
    </message>
    <message>
        <source>Images of a batch</source>
        <translation>批次的图像数</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input picture</source>
        <translation>输入图像</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Next image of the batch</source>
        <translation>批次的下一张图像</translation>
    </message>
    <message>
        <source>No image is selected on the Datasets tab.</source>
        <translation>「数据集」页没有选中图像。</translation>
    </message>
    <message>
        <source>Open an image</source>
        <translation>打开图像</translation>
    </message>
    <message>
        <source>Open an image file (PIL.Image.open)</source>
        <translation>打开图像文件 (PIL.Image.open)</translation>
    </message>
    <message>
        <source>Open images</source>
        <translation>打开图像</translation>
    </message>
    <message>
        <source>Open in Predict</source>
        <translation>在预测中打开</translation>
    </message>
    <message>
        <source>Open in Transforms</source>
        <translation>在图像变换中打开</translation>
    </message>
    <message>
        <source>Open one or several image files; dropping them here does the same</source>
        <translation>打开一个或多个图像文件，也可以直接拖到这里</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Previous image of the batch</source>
        <translation>批次的上一张图像</translation>
    </message>
    <message>
        <source>Read the file with Image.open(...).convert(&apos;RGB&apos;), as torchvision does</source>
        <translation>用 Image.open(...).convert(&apos;RGB&apos;) 读取文件，与 torchvision 相同</translation>
    </message>
    <message>
        <source>Read the file with cv2.imread: a numpy array, blue first</source>
        <translation>用 cv2.imread 读取文件：得到 numpy 数组，蓝色在最前</translation>
    </message>
    <message>
        <source>Take an image or image files from the clipboard (Ctrl+V)</source>
        <translation>使用剪贴板中的图像或图像文件 (Ctrl+V)</translation>
    </message>
    <message>
        <source>Take one of scikit-learn&apos;s photographs</source>
        <translation>使用 scikit-learn 自带的照片</translation>
    </message>
    <message>
        <source>Take the images chosen on the Datasets tab, or the first one</source>
        <translation>使用「数据集」页选中的图像，没有选中时用第一张</translation>
    </message>
    <message>
        <source>Take the images that are selected on the Datasets tab</source>
        <translation>使用「数据集」页选中的图像</translation>
    </message>
    <message>
        <source>Take the next test images of the open data set, as many as said</source>
        <translation>使用当前数据集测试集的下一批图像，数量按设定</translation>
    </message>
    <message>
        <source>The picture that goes through the layer. Right click: open it elsewhere</source>
        <translation>要通过这一层的图像。右键：在其他页中打开</translation>
    </message>
    <message>
        <source>There is no image and no image file on the clipboard.</source>
        <translation>剪贴板中没有图像，也没有图像文件。</translation>
    </message>
    <message>
        <source>dropped image</source>
        <translation>拖入的图像</translation>
    </message>
    <message>
        <source>pasted image</source>
        <translation>粘贴的图像</translation>
    </message>
    <message>
        <source>resized to {width}×{height}</source>
        <translation>缩放到 {width}×{height}</translation>
    </message>
    <message>
        <source>test transforms</source>
        <translation>测试变换</translation>
    </message>
    <message>
        <source>{count} images cannot be read and were left out.</source>
        <translation>{count} 张图像无法读取，已略去。</translation>
    </message>
</context>
<context>
    <name>JoinedBox</name>
    <message>
        <source>Label of {name}</source>
        <translation>{name} 的标签</translation>
    </message>
    <message>
        <source>Put together from</source>
        <translation>合并自</translation>
    </message>
    <message>
        <source>Take {name} out</source>
        <translation>移出 {name}</translation>
    </message>
    <message>
        <source>The label of every image in this folder</source>
        <translation>这个文件夹中每张图像的标签</translation>
    </message>
</context>
<context>
    <name>KernelCard</name>
    <message>
        <source>A kernel of image processing for this map, on all input channels</source>
        <translation>把一个图像处理的卷积核用于这张特征图的所有输入通道</translation>
    </message>
    <message>
        <source>Drawn weights</source>
        <translation>随机权重</translation>
    </message>
    <message>
        <source>Input channel</source>
        <translation>输入通道</translation>
    </message>
    <message>
        <source>Kernel {index}</source>
        <translation>卷积核 {index}</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>Take a kernel…</source>
        <translation>选用卷积核…</translation>
    </message>
    <message>
        <source>The input under the window of the probed pixel</source>
        <translation>所查看像素的窗口所覆盖的输入</translation>
    </message>
    <message>
        <source>The kernel of this map, a picture per input channel (layer.weight)</source>
        <translation>得到这张特征图的卷积核，每个输入通道一张图 (layer.weight)</translation>
    </message>
    <message>
        <source>The weights that the seed gives, again</source>
        <translation>恢复由随机种子得到的权重</translation>
    </message>
    <message>
        <source>Their sum over all channels, with the bias, is the pixel</source>
        <translation>它们在所有通道上的和，再加上 bias，就是这个像素</translation>
    </message>
    <message>
        <source>Type a number to change a weight; the map follows at once</source>
        <translation>输入数字可修改权重，特征图会立即更新</translation>
    </message>
    <message>
        <source>Values under the window</source>
        <translation>窗口下的数值</translation>
    </message>
    <message>
        <source>Weights as numbers</source>
        <translation>权重的数值</translation>
    </message>
    <message>
        <source>Weights of the chosen map</source>
        <translation>所选特征图的权重</translation>
    </message>
    <message>
        <source>Well-known kernels</source>
        <translation>常用卷积核</translation>
    </message>
    <message>
        <source>window of the pixel</source>
        <translation>该像素的窗口</translation>
    </message>
    <message>
        <source>window · weight</source>
        <translation>窗口 · 权重</translation>
    </message>
    <message>
        <source>“{text}” is no number: the cell in row {row}, column {column} keeps its own.</source>
        <extracomment>Larger kernels are shown as pictures alone: their numbers would not be readable.</extracomment>
        <translation>「{text}」不是数：第 {row} 行第 {column} 列的格子保持原值。</translation>
    </message>
</context>
<context>
    <name>LabelField</name>
    <message>
        <source>A class, or the name of a new one; Enter accepts, Esc closes</source>
        <translation>已有类别，或新类别的名称；回车确定，Esc 关闭</translation>
    </message>
    <message>
        <source>Class (images: {count:,})</source>
        <translation>类别（{count:,} 张图像）</translation>
    </message>
    <message>
        <source>Class of the chosen images</source>
        <translation>选中图像的类别</translation>
    </message>
    <message>
        <source>Class, or a new name</source>
        <translation>类别或新名称</translation>
    </message>
    <message>
        <source>Close without a change</source>
        <translation>不修改并关闭</translation>
    </message>
    <message>
        <source>Close without a change (Esc)</source>
        <translation>不修改并关闭 (Esc)</translation>
    </message>
    <message>
        <source>Put the images into this class</source>
        <translation>把图像归入这一类</translation>
    </message>
    <message>
        <source>new class</source>
        <translation>新类别</translation>
    </message>
</context>
<context>
    <name>LargeView</name>
    <message>
        <source>Back to the grid</source>
        <translation>返回缩略图</translation>
    </message>
    <message>
        <source>Back to the grid (Esc)</source>
        <translation>返回缩略图 (Esc)</translation>
    </message>
    <message>
        <source>Correct the label (L)</source>
        <translation>修正标签 (L)</translation>
    </message>
    <message>
        <source>Ctrl+wheel or + and - zoom, 0 fits, arrows go on</source>
        <translation>Ctrl+滚轮或 + 和 - 缩放，0 适应窗口，方向键换图</translation>
    </message>
    <message>
        <source>Flag (F)</source>
        <translation>标记 (F)</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Leave out of training and test (Delete)</source>
        <translation>从训练和测试中排除 (Delete)</translation>
    </message>
    <message>
        <source>Next image</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Next image (right arrow)</source>
        <translation>下一张 (右方向键)</translation>
    </message>
    <message>
        <source>Open in another tab</source>
        <translation>在其他页中打开</translation>
    </message>
    <message>
        <source>Point at a pixel for its values; Ctrl+wheel zooms</source>
        <translation>指向像素查看它的值，Ctrl+滚轮缩放</translation>
    </message>
    <message>
        <source>Previous image</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Previous image (left arrow)</source>
        <translation>上一张 (左方向键)</translation>
    </message>
    <message>
        <source>Take back (Delete)</source>
        <translation>恢复 (Delete)</translation>
    </message>
    <message>
        <source>Take the flag away (F)</source>
        <translation>取消标记 (F)</translation>
    </message>
    <message>
        <source>To RGB:</source>
        <translation>转为 RGB：</translation>
    </message>
    <message>
        <source>What can be done with this image</source>
        <translation>对这张图像的操作</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>size</source>
        <translation>尺寸</translation>
    </message>
</context>
<context>
    <name>LayerFacts</name>
    <message>
        <source>All maps of this picture: range, mean, zeros, maps that are 0 everywhere, NaN, infinities</source>
        <translation>这张图像的所有特征图：范围、均值、零的占比、全为 0 的特征图、NaN、无穷大</translation>
    </message>
    <message>
        <source>All {count} maps are 0 everywhere.</source>
        <translation>全部 {count} 张特征图都处处为 0。</translation>
    </message>
    <message>
        <source>Histogram of all maps</source>
        <translation>所有特征图的直方图</translation>
    </message>
    <message>
        <source>torch.reshape mixes images: {images} with {channels} maps each become {pictures} pictures whose red, green and blue are three maps each. The numbers stay the same.</source>
        <translation>torch.reshape 会把图片混在一起：{images} 张图片、每张 {channels} 张特征图，变成 {pictures} 张图，每张的红、绿、蓝各是一张特征图。数值不变。</translation>
    </message>
    <message>
        <source>{kept} of {count} maps are kept; the others are computed again when in sight.</source>
        <translation>保留了 {count} 张特征图中的 {kept} 张；其余的在显示时重新计算。</translation>
    </message>
</context>
<context>
    <name>LayerList</name>
    <message>
        <source>Click a layer to choose it; double click or Enter shows its maps</source>
        <translation>点击选择一层；双击或按回车显示它的特征图</translation>
    </message>
    <message>
        <source>Layers</source>
        <extracomment>Rows whose texts decide how wide the columns are.</extracomment>
        <translation>网络层</translation>
    </message>
</context>
<context>
    <name>LayerListJob</name>
    <message>
        <source>Statistics of all layers</source>
        <translation>所有层的统计</translation>
    </message>
</context>
<context>
    <name>LayersPage</name>
    <message>
        <source>A picture through a layer, or through a model up to a layer</source>
        <translation>让图像通过一层，或通过模型直到某一层</translation>
    </message>
    <message>
        <source>A small matrix through a layer, each number spelled out</source>
        <translation>让小矩阵通过一层，逐个写出每个数怎么算</translation>
    </message>
    <message>
        <source>Arithmetic</source>
        <translation>计算过程</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
</context>
<context>
    <name>LayoutBox</name>
    <message>
        <source>CSV {file}</source>
        <translation>CSV {file}</translation>
    </message>
    <message>
        <source>How the folder or the table says which class an image has</source>
        <translation>文件夹或表格如何表明图像的类别</translation>
    </message>
    <message>
        <source>Read as</source>
        <extracomment>A person who types has this long for the next key (ms).</extracomment>
        <translation>读取方式</translation>
    </message>
    <message>
        <source>a folder per class</source>
        <translation>每类一个文件夹</translation>
    </message>
    <message>
        <source>image and label folders</source>
        <translation>图像和标签文件夹</translation>
    </message>
    <message>
        <source>label in the file name</source>
        <translation>标签在文件名中</translation>
    </message>
    <message>
        <source>without labels</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>LoadingPage</name>
    <message>
        <source>Loading PyTorch…</source>
        <translation>正在加载 PyTorch…</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the whole log to the clipboard</source>
        <translation>把全部日志复制到剪贴板</translation>
    </message>
    <message>
        <source>Empty the log</source>
        <translation>清空日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Messages of the program and its libraries</source>
        <translation>程序和所用库的消息</translation>
    </message>
</context>
<context>
    <name>LogStrip</name>
    <message>
        <source>Hide the log</source>
        <translation>隐藏日志</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Log of the training</source>
        <translation>训练日志</translation>
    </message>
    <message>
        <source>Show the log</source>
        <translation>显示日志</translation>
    </message>
    <message>
        <source>What the training did, line by line</source>
        <translation>训练过程的逐行记录</translation>
    </message>
</context>
<context>
    <name>LowerArea</name>
    <message>
        <source>Apply the pipeline to every image of a folder</source>
        <translation>用流水线处理文件夹中的每张图像</translation>
    </message>
    <message>
        <source>Batches</source>
        <extracomment>Height left to the images above, and height that is enough for the embedding.</extracomment>
        <translation>批次</translation>
    </message>
    <message>
        <source>Below the stages</source>
        <translation>各阶段下方的区域</translation>
    </message>
    <message>
        <source>Draws</source>
        <extracomment>Signs instead of words, where the card is narrower than this. Share of the height at the start, within bounds; what the stages need for all their facts; and the least that they keep.</extracomment>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>降维</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Leave the room to the stages; a click on a name brings this part back</source>
        <translation>把空间留给各阶段；点击名称可再次展开</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>MixUp and CutMix: pictures of a batch mixed, and their labels</source>
        <translation>MixUp 和 CutMix：混合一个批次中的图像及其标签</translation>
    </message>
    <message>
        <source>Show this part again</source>
        <translation>重新显示这一部分</translation>
    </message>
    <message>
        <source>TensorBoard</source>
        <translation>TensorBoard</translation>
    </message>
    <message>
        <source>The images as points: PCA or t-SNE</source>
        <translation>把图像显示为点：PCA 或 t-SNE</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>What chance makes of the picture, seed by seed</source>
        <translation>逐个随机种子查看随机步骤会把图像变成什么样</translation>
    </message>
    <message>
        <source>What the DataLoader hands to the network</source>
        <translation>DataLoader 交给网络的内容</translation>
    </message>
    <message>
        <source>Write the stages and the draws for TensorBoard</source>
        <translation>把各阶段和抽样写入 TensorBoard</translation>
    </message>
</context>
<context>
    <name>Machine</name>
    <message>
        <source>threads: {count}</source>
        <translation>{count} 线程</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Datasets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Transforms</source>
        <translation>图像变换</translation>
    </message>
    <message>
        <source>tudui: image classification with PyTorch</source>
        <extracomment>objectName of each page and its icon, in order. Width or height of a dock when it is first shown.</extracomment>
        <translation>tudui：用 PyTorch 做图像分类</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <source>As the tutorial</source>
        <translation>教程的做法</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Hide {count} dead</source>
        <translation>隐藏 {count} 张全 0</translation>
    </message>
    <message>
        <source>Leave out maps that are 0 everywhere</source>
        <translation>不显示处处为 0 的特征图</translation>
    </message>
    <message>
        <source>Lights up dim maps: the power (gamma) that is taken of the place in the range</source>
        <translation>让暗的特征图变亮：对值在范围内的相对位置取幂 (gamma)</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>The colour map; the first colour is the lowest value</source>
        <translation>颜色映射，第一种颜色对应最小值</translation>
    </message>
    <message>
        <source>The order of the maps</source>
        <translation>特征图的顺序</translation>
    </message>
    <message>
        <source>The values of the first and the last colour; symmetric: 0 has the colour in the middle</source>
        <translation>第一种和最后一种颜色对应的值；对称：0 对应中间的颜色</translation>
    </message>
    <message>
        <source>common</source>
        <translation>统一</translation>
    </message>
    <message>
        <source>index</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>per map</source>
        <translation>各自</translation>
    </message>
    <message>
        <source>plain</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>symmetric</source>
        <translation>对称</translation>
    </message>
    <message>
        <source>torch.reshape(output, (-1, 3, H, W)) as colour pictures: each is mixed from three maps</source>
        <translation>把 torch.reshape(output, (-1, 3, H, W)) 的结果显示为彩色图：每张由三张特征图混合而成</translation>
    </message>
    <message>
        <source>γ {value}</source>
        <translation>γ {value}</translation>
    </message>
</context>
<context>
    <name>MapsBoardLine</name>
    <message>
        <source>writer.{call} · {folder}</source>
        <translation>writer.{call} · {folder}</translation>
    </message>
</context>
<context>
    <name>MapsCard</name>
    <message>
        <source>All layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>Click a map or go to it with the arrow keys to see it in large; Ctrl+wheel: size</source>
        <translation>点击特征图或用方向键移到它，即可放大查看；Ctrl+滚轮：大小</translation>
    </message>
    <message>
        <source>Every layer with the statistics of its output</source>
        <translation>每一层及其输出的统计</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <extracomment>Maps that are coloured at first where it is not known how many are in sight.</extracomment>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Go to Models</source>
        <translation>转到“模型”</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>No model is open. Choose one in Models, train one, or open a checkpoint.</source>
        <translation>没有打开的模型。请在“模型”中选一个、训练一个，或打开检查点。</translation>
    </message>
    <message>
        <source>Show the Models tab</source>
        <translation>显示“模型”页</translation>
    </message>
    <message>
        <source>The maps that the chosen layer gives</source>
        <translation>所选层给出的特征图</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 个参数</translation>
    </message>
</context>
<context>
    <name>MapsExport</name>
    <message>
        <source>Epoch {number}</source>
        <translation>第 {number} 轮</translation>
    </message>
    <message>
        <source>Map {number} of {count}</source>
        <extracomment>Numbers of maps that are held at once.</extracomment>
        <translation>特征图 {number}，共 {count} 张</translation>
    </message>
</context>
<context>
    <name>MapsPanel</name>
    <message>
        <source>Feature maps</source>
        <extracomment>Opened checkpoints that stay at hand. Milliseconds after new maps until what can wait is computed: first they are painted.</extracomment>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
</context>
<context>
    <name>MapsSurroundings</name>
    <message>
        <source>Compare with a second model</source>
        <extracomment>With less width the map in large makes room for the second model.</extracomment>
        <translation>与第二个模型比较</translation>
    </message>
    <message>
        <source>The same picture and layer in another model or checkpoint, side by side</source>
        <translation>同一张图片、同一层在另一个模型或检查点中的样子，并排显示</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>Flagged</source>
        <translation>已标记</translation>
    </message>
    <message>
        <source>Label corrected, was {name}</source>
        <translation>标签已修正，原为 {name}</translation>
    </message>
    <message>
        <source>Left out of training and test</source>
        <translation>已从训练和测试中排除</translation>
    </message>
    <message>
        <source>no label</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>Mix</name>
    <message>
        <source>{first} and {second}: {shares}</source>
        <translation>{first} 和 {second}：{shares}</translation>
    </message>
</context>
<context>
    <name>MixCard</name>
    <message>
        <source>Beside each picture: itself and its partner, with their shares</source>
        <translation>每张图像旁边：它自己和与它混合的图像，以及各自的比例</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>How many images of the data set make the batch: 2 to 32</source>
        <translation>用数据集的多少张图像组成批次：2 到 32</translation>
    </message>
    <message>
        <source>How to mix</source>
        <translation>混合方式</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Mix</source>
        <extracomment>Pictures of the data set: at the start, and at most.</extracomment>
        <translation>混合</translation>
    </message>
    <message>
        <source>Mix its first images, class by class in turn</source>
        <translation>混合数据集最前面的图像，各类轮流取</translation>
    </message>
    <message>
        <source>Mix the pictures on the left; each is a class of its own</source>
        <translation>混合左边的图像；每张各算一类</translation>
    </message>
    <message>
        <source>Mix with the next seed</source>
        <translation>用下一个随机种子混合</translation>
    </message>
    <message>
        <source>Mixed pictures</source>
        <translation>混合后的图像</translation>
    </message>
    <message>
        <source>No data set is open: open one on Datasets, or mix the inputs.</source>
        <translation>还没有打开数据集：请在「数据集」页打开一个，或混合左边的输入。</translation>
    </message>
    <message>
        <source>Pictures to mix</source>
        <translation>要混合的图像</translation>
    </message>
    <message>
        <source>Roll again</source>
        <translation>换一批</translation>
    </message>
    <message>
        <source>The share of the picture itself, drawn once for the batch; the rest is its partner&apos;s</source>
        <translation>图像自身所占的比例，整个批次只抽取一次；其余部分来自与它混合的图像</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>torch.manual_seed before mixing; picture n is made with the n-th seed after it</source>
        <translation>混合之前的 torch.manual_seed；第 n 张图像用其后的第 n 个种子生成</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Checkpoint (*.pt *.pth)</source>
        <translation>检查点 (*.pt *.pth)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Open a checkpoint</source>
        <translation>打开检查点</translation>
    </message>
    <message>
        <source>Open checkpoint…</source>
        <translation>打开检查点…</translation>
    </message>
    <message>
        <source>Shape of the tensor that the network takes: channels, height, width</source>
        <translation>网络输入张量的形状：通道、高、宽</translation>
    </message>
    <message>
        <source>The trained weights (state_dict) that predict</source>
        <translation>用来预测的已训练权重 (state_dict)</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} 类</translation>
    </message>
</context>
<context>
    <name>ModelPage</name>
    <message>
        <source>Layer</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Layer of the model</source>
        <translation>模型中的层</translation>
    </message>
    <message>
        <source>Look into a checkpoint of a run, or another .pth file</source>
        <translation>查看某次训练的检查点，或其他 .pth 文件</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Models ({patterns})</source>
        <translation>模型 ({patterns})</translation>
    </message>
    <message>
        <source>No model is open.</source>
        <translation>还没有打开模型。</translation>
    </message>
    <message>
        <source>Open a checkpoint</source>
        <translation>打开检查点</translation>
    </message>
    <message>
        <source>Open a checkpoint…</source>
        <translation>打开检查点…</translation>
    </message>
    <message>
        <source>The layer whose output is shown; names as in model.named_modules()</source>
        <translation>要显示哪一层的输出；名称与 model.named_modules() 一致</translation>
    </message>
    <message>
        <source>The open models, the newest last</source>
        <translation>已打开的模型，最新的在最后</translation>
    </message>
    <message>
        <source>{name}, input {shape}</source>
        <translation>{name}，输入 {shape}</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Building {model}</source>
        <translation>正在构建 {model}</translation>
    </message>
    <message>
        <source>Every module with its output shape and parameters</source>
        <translation>每个模块及其输出形状和参数量</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>Fits the images of {dataset} after the test transforms: {shape} → {outputs} classes.</source>
        <translation>与 {dataset} 经测试变换后的图像相符：{shape} → {outputs} 类。</translation>
    </message>
    <message>
        <source>Load into {model}</source>
        <translation>加载到 {model}</translation>
    </message>
    <message>
        <source>Look into this model&apos;s layers in the Layers tab</source>
        <translation>在「网络层」页查看这个模型的各层</translation>
    </message>
    <message>
        <source>Modules</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Modules of the model</source>
        <translation>模型的各个模块</translation>
    </message>
    <message>
        <source>Open it here</source>
        <translation>在这里打开</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>正在打开 {name}</translation>
    </message>
    <message>
        <source>Put this model into the experiment of the Train tab</source>
        <translation>把这个模型放进「训练」页的实验</translation>
    </message>
    <message>
        <source>Takes the images of {dataset} ({shape}), but has {outputs} outputs for {classes} classes.</source>
        <translation>可以输入 {dataset} 的图像 ({shape})，但有 {outputs} 个输出，而类别有 {classes} 个。</translation>
    </message>
    <message>
        <source>The experiment now trains {model}.</source>
        <translation>实验现在训练 {model}。</translation>
    </message>
    <message>
        <source>The experiment trains this model already</source>
        <translation>实验训练的已经是这个模型</translation>
    </message>
    <message>
        <source>The model as Python prints it</source>
        <translation>Python 打印出来的模型</translation>
    </message>
    <message>
        <source>The model as text</source>
        <translation>模型的文本</translation>
    </message>
    <message>
        <source>Use for training</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>What print(model) shows</source>
        <translation>print(model) 的输出</translation>
    </message>
    <message>
        <source>change of the model</source>
        <translation>修改模型</translation>
    </message>
    <message>
        <source>named_modules() with what each makes of one image</source>
        <translation>named_modules()，以及每个模块对一张图像的输出</translation>
    </message>
    <message>
        <source>{count} multiply-adds</source>
        <translation>{count} 次乘加</translation>
    </message>
    <message>
        <source>{count} parameters</source>
        <translation>{count} 个参数</translation>
    </message>
    <message>
        <source>{name} holds weights alone. Choose the model they belong to on the left, then load them.</source>
        <translation>{name} 里只有权重。请先在左边选择对应的模型，再加载。</translation>
    </message>
    <message>
        <source>{name} is trained.</source>
        <translation>{name} 已训练好。</translation>
    </message>
</context>
<context>
    <name>ModuleCard</name>
    <message>
        <source>Histogram of the values</source>
        <translation>数值直方图</translation>
    </message>
    <message>
        <source>No tensors of its own; {count} parameters in the modules inside.</source>
        <translation>自身没有张量，内部模块共有 {count} 个参数。</translation>
    </message>
    <message>
        <source>Nothing to learn here: no parameters.</source>
        <translation>这里没有要学习的东西：没有参数。</translation>
    </message>
    <message>
        <source>Parameters and buffers</source>
        <translation>参数和缓冲区</translation>
    </message>
    <message>
        <source>The module&apos;s own tensors (named_parameters, named_buffers)</source>
        <translation>模块自己的张量 (named_parameters, named_buffers)</translation>
    </message>
    <message>
        <source>buffer, not learned</source>
        <translation>缓冲区，不学习</translation>
    </message>
    <message>
        <source>frozen parameter</source>
        <translation>已冻结的参数</translation>
    </message>
    <message>
        <source>learned (requires_grad)</source>
        <translation>可学习 (requires_grad)</translation>
    </message>
</context>
<context>
    <name>ModuleModel</name>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Multiply-adds</source>
        <translation>乘加次数</translation>
    </message>
    <message>
        <source>Output shape</source>
        <translation>输出形状</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
</context>
<context>
    <name>NamePreviewBox</name>
    <message>
        <source>Names and their labels</source>
        <translation>名称及其标签</translation>
    </message>
    <message>
        <source>The first names, and the label that the pattern finds in each</source>
        <translation>最前面的一些名称，以及按模式从中得到的标签</translation>
    </message>
    <message>
        <source>{matched:,} of {total:,} names fit; classes: {count:,}</source>
        <extracomment>Lines in sight, names in the list, classes named one by one.</extracomment>
        <translation>{total:,} 个名称中 {matched:,} 个符合；{count:,} 类</translation>
    </message>
</context>
<context>
    <name>OpenCard</name>
    <message>
        <source>Open now</source>
        <extracomment>The list of sources above keeps its place when all is unfolded.</extracomment>
        <translation>当前打开</translation>
    </message>
</context>
<context>
    <name>Opener</name>
    <message>
        <source>dropped image</source>
        <translation>拖入的图像</translation>
    </message>
</context>
<context>
    <name>OperationPicker</name>
    <message>
        <source>Arrays of OpenCV</source>
        <translation>OpenCV 数组</translation>
    </message>
    <message>
        <source>Automatic augmentation</source>
        <translation>自动增强</translation>
    </message>
    <message>
        <source>Batches</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Colour and sharpness</source>
        <translation>颜色与锐度</translation>
    </message>
    <message>
        <source>Containers</source>
        <translation>容器</translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation>几何变换</translation>
    </message>
    <message>
        <source>Type and numbers</source>
        <translation>类型与数值</translation>
    </message>
</context>
<context>
    <name>PastePanel</name>
    <message>
        <source>Choose a problem to go to its line</source>
        <translation>选择一个问题可跳到它所在的行</translation>
    </message>
    <message>
        <source>It is read, never run; the present pipeline stays until you use it</source>
        <translation>只读取，绝不运行；在你选用之前，当前的流水线保持不变</translation>
    </message>
    <message>
        <source>Paste Compose([...]), a list of transforms, or a whole script. It is read, never run.</source>
        <translation>粘贴 Compose([...])、变换的列表或整个脚本。只读取，绝不运行。</translation>
    </message>
    <message>
        <source>Pipeline from Python text</source>
        <translation>由 Python 文本得到的流水线</translation>
    </message>
    <message>
        <source>Put this in the place of the pipeline; undo takes it back (Ctrl+Enter)</source>
        <translation>用它替换当前的流水线；可以撤销 (Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Python text</source>
        <translation>Python 文本</translation>
    </message>
    <message>
        <source>The text holds several pipelines: choose one</source>
        <translation>文本中有多条流水线：请选择一条</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>What cannot be taken over</source>
        <translation>无法采用的内容</translation>
    </message>
    <message>
        <source>Which pipeline of the text</source>
        <translation>文本中的哪条流水线</translation>
    </message>
    <message>
        <source>no steps</source>
        <translation>没有步骤</translation>
    </message>
    <message>
        <source>pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>{name} (line {line})</source>
        <translation>{name}（第 {line} 行）</translation>
    </message>
</context>
<context>
    <name>PipelineCard</name>
    <message>
        <source>Add a step</source>
        <translation>添加步骤</translation>
    </message>
    <message>
        <source>Add a transform after the chosen step (Insert)</source>
        <translation>在选中的步骤之后添加一个变换 (Insert)</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>复制为 Python</translation>
    </message>
    <message>
        <source>Copy the pipeline as Python text (Ctrl+C)</source>
        <translation>把流水线复制为 Python 文本 (Ctrl+C)</translation>
    </message>
    <message>
        <source>For test</source>
        <translation>用于测试</translation>
    </message>
    <message>
        <source>For training</source>
        <translation>用于训练</translation>
    </message>
    <message>
        <source>Make a pipeline of Python text; it is read, never run</source>
        <translation>由 Python 文本生成流水线；只读取，绝不运行</translation>
    </message>
    <message>
        <source>Make this the pipeline that images go through in training</source>
        <translation>训练时图像都经过这条流水线</translation>
    </message>
    <message>
        <source>Make this the pipeline that images go through when testing and predicting</source>
        <translation>测试和预测时图像都经过这条流水线</translation>
    </message>
    <message>
        <source>No steps. Add one with +, take a preset, or paste Python text.</source>
        <translation>没有步骤。用 + 添加、选择一个预设，或粘贴 Python 文本。</translation>
    </message>
    <message>
        <source>Paste Python text</source>
        <translation>粘贴 Python 文本</translation>
    </message>
    <message>
        <source>Paste a pipeline</source>
        <translation>粘贴流水线</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Shift+Z)</source>
        <translation>重做 (Ctrl+Shift+Z)</translation>
    </message>
    <message>
        <source>Steps of the pipeline</source>
        <translation>流水线的步骤</translation>
    </message>
    <message>
        <source>Take a preset</source>
        <translation>选用预设</translation>
    </message>
    <message>
        <source>The pipeline is on the clipboard as Python.</source>
        <translation>流水线已作为 Python 文本复制到剪贴板。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销 (Ctrl+Z)</translation>
    </message>
</context>
<context>
    <name>PlaceBar</name>
    <message>
        <source>Next batch</source>
        <translation>下一批</translation>
    </message>
    <message>
        <source>Previous batch</source>
        <translation>上一批</translation>
    </message>
    <message>
        <source>Show the images that drop_last leaves out</source>
        <translation>显示被 drop_last 丢掉的图像</translation>
    </message>
    <message>
        <source>The batch of this epoch to look at</source>
        <translation>要看这一轮的第几批</translation>
    </message>
    <message>
        <source>The pass over the images to look at</source>
        <translation>要看第几轮</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>batch </source>
        <translation>批次 </translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>epoch </source>
        <translation>轮次 </translation>
    </message>
</context>
<context>
    <name>PlotCard</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Logarithmic axis</source>
        <translation>对数坐标轴</translation>
    </message>
    <message>
        <source>Numbers as CSV…</source>
        <translation>数据存为 CSV…</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>图片 (*.png)</translation>
    </message>
    <message>
        <source>Picture as PNG…</source>
        <translation>图片存为 PNG…</translation>
    </message>
    <message>
        <source>Save as PNG or CSV</source>
        <translation>存为 PNG 或 CSV</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>保存数据</translation>
    </message>
    <message>
        <source>Save the plot</source>
        <translation>保存曲线图</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Weight of the past in the moving average that is drawn over the steps</source>
        <translation>曲线上滑动平均中历史值所占的权重</translation>
    </message>
    <message>
        <source>smooth {factor}</source>
        <translation>平滑 {factor}</translation>
    </message>
</context>
<context>
    <name>PredictionModel</name>
    <message>
        <source>Confidence</source>
        <translation>置信度</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>预测类别</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>真实类别</translation>
    </message>
</context>
<context>
    <name>PredictionPage</name>
    <message>
        <source>Choose image files to classify</source>
        <translation>选择要分类的图像文件</translation>
    </message>
    <message>
        <source>Classifying {count} images</source>
        <translation>正在分类 {count} 张图像</translation>
    </message>
    <message>
        <source>Drop images above, paste them, or draw a digit on the right.</source>
        <translation>把图像拖到上面、粘贴，或在右边手写一个数字。</translation>
    </message>
    <message>
        <source>Drop images or a folder here</source>
        <translation>把图像或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Go to the Train tab, whose first experiment takes seconds</source>
        <translation>前往「训练」页，那里的第一个实验只要几秒</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>图像 ({patterns})</translation>
    </message>
    <message>
        <source>Loading {name}</source>
        <extracomment>From the job that classifies: its number, and (row, answer) pairs.</extracomment>
        <translation>正在加载 {name}</translation>
    </message>
    <message>
        <source>Looking for images</source>
        <translation>正在查找图像</translation>
    </message>
    <message>
        <source>Open images…</source>
        <translation>打开图像…</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Saved {path}.</source>
        <translation>已保存 {path}。</translation>
    </message>
    <message>
        <source>Saving {name}</source>
        <translation>正在保存 {name}</translation>
    </message>
    <message>
        <source>There is no trained model yet. Train one first, or open a checkpoint on the right.</source>
        <translation>还没有训练好的模型。请先训练一个，或在右边打开检查点。</translation>
    </message>
    <message>
        <source>Train on the bundled digits</source>
        <translation>用自带的手写数字训练</translation>
    </message>
    <message>
        <source>What the network sees</source>
        <translation>网络看到的图像</translation>
    </message>
    <message>
        <source>drawing</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>or click to open, Ctrl+V to paste, or draw</source>
        <translation>也可以点击打开、Ctrl+V 粘贴或手写</translation>
    </message>
    <message>
        <source>pasted image</source>
        <translation>粘贴的图像</translation>
    </message>
    <message>
        <source>{done} of {count}</source>
        <translation>{done} / {count}</translation>
    </message>
</context>
<context>
    <name>PresetBox</name>
    <message>
        <source>Begin with the experiment&apos;s pipeline, a usual one, or one of yours</source>
        <translation>从实验的流水线、常用流水线或你自己的流水线开始</translation>
    </message>
    <message>
        <source>From test</source>
        <translation>来自测试</translation>
    </message>
    <message>
        <source>From training</source>
        <translation>来自训练</translation>
    </message>
    <message>
        <source>Keep this pipeline under a name, or take one that was kept</source>
        <translation>以一个名称保存这条流水线，或选用已保存的流水线</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Take a pipeline…</source>
        <translation>选用流水线…</translation>
    </message>
    <message>
        <source>Your presets</source>
        <translation>你的预设</translation>
    </message>
</context>
<context>
    <name>PresetPanel</name>
    <message>
        <source>Delete the preset; it can be had back at once</source>
        <translation>删除这个预设；可以立即恢复</translation>
    </message>
    <message>
        <source>Enter takes a preset, F2 renames it, Delete removes it</source>
        <translation>回车选用预设，F2 重命名，Delete 删除</translation>
    </message>
    <message>
        <source>Give the preset another name (F2)</source>
        <translation>给预设换一个名称 (F2)</translation>
    </message>
    <message>
        <source>Have the removed preset back</source>
        <translation>恢复刚删除的预设</translation>
    </message>
    <message>
        <source>Keep the pipeline under this name</source>
        <translation>以这个名称保存流水线</translation>
    </message>
    <message>
        <source>Name for this pipeline</source>
        <translation>这条流水线的名称</translation>
    </message>
    <message>
        <source>None yet. Give the present pipeline a name and save it.</source>
        <translation>还没有预设。给当前的流水线起个名称并保存。</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Put the present pipeline in the place of the one kept</source>
        <translation>用当前的流水线替换已保存的那条</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Removed: {name}</source>
        <translation>已删除：{name}</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Show this pipeline; undo brings the present one back</source>
        <translation>显示这条流水线；可用撤销恢复现在的流水线</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>选用</translation>
    </message>
    <message>
        <source>Your presets</source>
        <translation>你的预设</translation>
    </message>
</context>
<context>
    <name>PresetStore</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
</context>
<context>
    <name>ProblemBox</name>
    <message>
        <source>{label}: change the pipeline like this; undo takes it back</source>
        <extracomment>Width that a fix&apos;s button needs at least.</extracomment>
        <translation>{label}：照这样修改流水线；可以撤销</translation>
    </message>
</context>
<context>
    <name>ProblemsCard</name>
    <message>
        <source>A scan looks at every image: broken files, copies, leaks from training into test, odd sizes.</source>
        <translation>扫描会检查每张图像：损坏的文件、重复、训练到测试的泄漏、异常尺寸。</translation>
    </message>
    <message>
        <source>Export the findings</source>
        <translation>导出扫描结果</translation>
    </message>
    <message>
        <source>Export the findings…</source>
        <translation>导出扫描结果…</translation>
    </message>
    <message>
        <source>JSON (*.json);;Tables (*.csv)</source>
        <translation>JSON (*.json);;表格 (*.csv)</translation>
    </message>
    <message>
        <source>Leave out of training ({count:,})</source>
        <translation>排除 ({count:,})</translation>
    </message>
    <message>
        <source>Neither for training nor for test, until it is undone. Of copies the first stays; of a leak the training copies go; of copies with different labels all.</source>
        <translation>既不用于训练也不用于测试，直到撤销。重复的保留第一张；泄漏的排除训练中的那些；标签不同的重复全部排除。</translation>
    </message>
    <message>
        <source>Nothing wrong was found.</source>
        <translation>没有发现问题。</translation>
    </message>
    <message>
        <source>Open a data set to look for what is wrong with it.</source>
        <translation>打开一个数据集，检查其中的问题。</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Save what is listed as JSON or CSV</source>
        <translation>把列出的内容存为 JSON 或 CSV</translation>
    </message>
    <message>
        <source>Scan the data set</source>
        <translation>扫描数据集</translation>
    </message>
    <message>
        <source>Scanned images: {count:,} in {seconds:.1f} s.</source>
        <translation>已扫描 {count:,} 张图像，用时 {seconds:.1f} 秒。</translation>
    </message>
    <message>
        <source>The findings were written to {path}</source>
        <translation>扫描结果已写入 {path}</translation>
    </message>
</context>
<context>
    <name>QuestionBox</name>
    <message>
        <source>Decode all pixels; it can be cancelled</source>
        <translation>解码全部像素；可以取消</translation>
    </message>
    <message>
        <source>Do not open it; the inputs stay as they are</source>
        <translation>不打开它，输入保持不变</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不打开</translation>
    </message>
    <message>
        <source>Open anyway</source>
        <translation>仍然打开</translation>
    </message>
    <message>
        <source>Open reduced: {width} × {height}</source>
        <translation>缩小后打开：{width} × {height}</translation>
    </message>
    <message>
        <source>Opening it takes {needed} of memory, but only {free} are free.</source>
        <translation>打开它需要 {needed} 内存，但只剩 {free} 可用。</translation>
    </message>
    <message>
        <source>Opening it takes {needed} of memory; {free} are free.</source>
        <translation>打开它需要 {needed} 内存；有 {free} 可用。</translation>
    </message>
    <message>
        <source>The JPEG decoder leaves out the other pixels (Image.draft, cv2.IMREAD_REDUCED_COLOR)</source>
        <translation>JPEG 解码器会略去其他像素 (Image.draft, cv2.IMREAD_REDUCED_COLOR)</translation>
    </message>
    <message>
        <source>{name} is large: {width} × {height} are {pixels} megapixels.</source>
        <translation>{name} 很大：{width} × {height}，共 {pixels} 百万像素。</translation>
    </message>
</context>
<context>
    <name>RightColumn</name>
    <message>
        <source>Classes, sizes, mean and standard deviation</source>
        <translation>类别、尺寸、均值和标准差</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>概况</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Problems ({count:,})</source>
        <translation>问题 ({count:,})</translation>
    </message>
    <message>
        <source>What is wrong with the images; scan them for more</source>
        <translation>图像有哪些问题；扫描可发现更多</translation>
    </message>
</context>
<context>
    <name>RunsPanel</name>
    <message>
        <source>Click to see a run&apos;s curves, Ctrl+click to lay another over them</source>
        <translation>点击查看一次训练的曲线，Ctrl+点击叠加另一次</translation>
    </message>
    <message>
        <source>Move the run to the bin</source>
        <translation>把这次训练移到回收站</translation>
    </message>
    <message>
        <source>No runs yet. Start one: it is listed here with its curves and checkpoints.</source>
        <translation>还没有训练记录。开始训练后，它会连同曲线和检查点列在这里。</translation>
    </message>
    <message>
        <source>Open the run&apos;s folder</source>
        <translation>打开这次训练的文件夹</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
</context>
<context>
    <name>ScanRow</name>
    <message>
        <source>Decode every image once: broken files, copies within and across training and test, near copies, odd sizes</source>
        <translation>把每张图像解码一次：损坏的文件、训练和测试内部及之间的重复、近似重复、异常尺寸</translation>
    </message>
    <message>
        <source>How many of the images were looked at</source>
        <translation>已查看多少张图像</translation>
    </message>
    <message>
        <source>Progress of the scan</source>
        <translation>扫描进度</translation>
    </message>
    <message>
        <source>Scan</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Stop the scan</source>
        <translation>停止扫描</translation>
    </message>
</context>
<context>
    <name>ScanWork</name>
    <message>
        <source>Compared: {done:,} of {total:,}</source>
        <translation>已比较 {done:,} / {total:,}</translation>
    </message>
    <message>
        <source>Looked at: {done:,} of {total:,}</source>
        <translation>已查看 {done:,} / {total:,}</translation>
    </message>
    <message>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>剩余 {minutes}:{seconds:02d}</translation>
    </message>
</context>
<context>
    <name>ScratchPipeline</name>
    <message>
        <source>Add {step}</source>
        <translation>添加 {step}</translation>
    </message>
    <message>
        <source>Change {step}</source>
        <translation>修改 {step}</translation>
    </message>
    <message>
        <source>Duplicate {step}</source>
        <translation>复制 {step}</translation>
    </message>
    <message>
        <source>Edit the pipeline</source>
        <translation>编辑流水线</translation>
    </message>
    <message>
        <source>Move {step}</source>
        <translation>移动 {step}</translation>
    </message>
    <message>
        <source>Remove {step}</source>
        <translation>删除 {step}</translation>
    </message>
    <message>
        <source>Switch {step} off</source>
        <translation>停用 {step}</translation>
    </message>
    <message>
        <source>Switch {step} on</source>
        <translation>启用 {step}</translation>
    </message>
</context>
<context>
    <name>SearchList</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Type parts of a name, also of v2&apos;s, or words of the help, then Enter</source>
        <translation>输入名称的一部分（v2 的名称也可以）或说明中的词，然后按回车</translation>
    </message>
    <message>
        <source>What can be added</source>
        <translation>可添加的项目</translation>
    </message>
</context>
<context>
    <name>ShownInput</name>
    <message>
        <source>A PIL image; the file&apos;s mode, and the mode that the pipeline gets</source>
        <translation>PIL 图像：文件的模式，以及流水线得到的模式</translation>
    </message>
    <message>
        <source>A numpy array of uint8, [height, width, channel], its channels blue, green, red</source>
        <translation>uint8 的 numpy 数组，[高, 宽, 通道]，通道顺序为蓝、绿、红</translation>
    </message>
    <message>
        <source>Input picture</source>
        <translation>输入图像</translation>
    </message>
    <message>
        <source>Opened reduced, at 1/{factor} of {width} × {height}.</source>
        <translation>已缩小打开：{width} × {height} 的 1/{factor}。</translation>
    </message>
    <message>
        <source>Remove this input</source>
        <translation>移除这个输入</translation>
    </message>
    <message>
        <source>What the pipeline gets; drop an image here for another</source>
        <translation>流水线的输入，可把其他图像拖到这里</translation>
    </message>
</context>
<context>
    <name>SketchCard</name>
    <message>
        <source>Clear the pad</source>
        <translation>清空画板</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>Draw a digit here</source>
        <translation>在这里写一个数字</translation>
    </message>
    <message>
        <source>Sketch pad</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Take the last stroke back</source>
        <translation>撤销上一笔</translation>
    </message>
    <message>
        <source>The drawing becomes a picture like those the model was trained on</source>
        <translation>手写的内容会变成与模型训练时同样的图像</translation>
    </message>
    <message>
        <source>The picture that the model gets</source>
        <translation>模型得到的图像</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>还没有模型</translation>
    </message>
</context>
<context>
    <name>SourcesCard</name>
    <message>
        <source>A folder with images</source>
        <translation>含有图像的文件夹</translation>
    </message>
    <message>
        <source>A folder with images to add</source>
        <translation>要添加的图像文件夹</translation>
    </message>
    <message>
        <source>A table of files and labels</source>
        <translation>文件和标签的表格</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add {name}</source>
        <translation>添加 {name}</translation>
    </message>
    <message>
        <source>Bundled</source>
        <extracomment>Heights of a heading, of a line, and of a line with a second one for the place.</extracomment>
        <translation>自带</translation>
    </message>
    <message>
        <source>CSV file…</source>
        <translation>CSV 文件…</translation>
    </message>
    <message>
        <source>Choose the data folder</source>
        <translation>选择数据文件夹</translation>
    </message>
    <message>
        <source>Click a data set to open it; right-click for more</source>
        <translation>点击打开数据集；右键查看更多操作</translation>
    </message>
    <message>
        <source>Data sets</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>手写数字</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>From torchvision</source>
        <translation>来自 torchvision</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open images of your own</source>
        <translation>打开自己的图像</translation>
    </message>
    <message>
        <source>Opened before</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Put further images to the open ones, as ConcatDataset does</source>
        <translation>把更多图像并入当前数据集，与 ConcatDataset 相同</translation>
    </message>
    <message>
        <source>Read the files again</source>
        <translation>重新读取文件</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>图形</translation>
    </message>
    <message>
        <source>Shapes, label files</source>
        <translation>图形（标签文件）</translation>
    </message>
    <message>
        <source>Shapes, labels in names</source>
        <translation>图形（文件名标签）</translation>
    </message>
    <message>
        <source>Sources</source>
        <extracomment>Of the list (px): what is open, below it, must not push it away.</extracomment>
        <translation>数据来源</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>The root that torchvision&apos;s data sets lie in</source>
        <translation>torchvision 数据集所在的 root</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>自带</translation>
    </message>
    <message>
        <source>not downloaded</source>
        <translation>未下载</translation>
    </message>
    <message>
        <source>on disk</source>
        <extracomment>In the order of the list. Sets that stand in the list more than once: the parameter, and its values there.</extracomment>
        <translation>已在本地</translation>
    </message>
</context>
<context>
    <name>SourcesColumn</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Download {name}</source>
        <translation>下载 {name}</translation>
    </message>
    <message>
        <source>Open data set {name}</source>
        <translation>打开数据集 {name}</translation>
    </message>
    <message>
        <source>Opening the data set</source>
        <extracomment>Keys of the preferences.</extracomment>
        <translation>正在打开数据集</translation>
    </message>
    <message>
        <source>The model takes images of {side}x{side}: Resize was put first into both pipelines.</source>
        <translation>模型需要 {side}x{side} 的图像：已在两条流水线的最前面加上 Resize。</translation>
    </message>
    <message>
        <source>change of {name}</source>
        <translation>修改 {name}</translation>
    </message>
</context>
<context>
    <name>SplitBox</name>
    <message>
        <source>Images for training + images for test</source>
        <translation>训练图像 + 测试图像</translation>
    </message>
    <message>
        <source>Split</source>
        <extracomment>Without the corrections, which the browser makes. A person who types has this long for the next key (ms). Of a field (px), so that the form fits the column.</extracomment>
        <translation>划分</translation>
    </message>
    <message>
        <source>The source&apos;s own split is used. Choose stratified or random to set this.</source>
        <translation>使用数据来源自己的划分。选择 stratified 或 random 后才能设置。</translation>
    </message>
    <message>
        <source>Which images are for training, which for test, and how many of each class</source>
        <translation>哪些图像用于训练、哪些用于测试，以及每类取多少张</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已排除</translation>
    </message>
    <message>
        <source>no labels</source>
        <translation>无标签</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>without label</source>
        <translation>无标签</translation>
    </message>
</context>
<context>
    <name>StageColumn</name>
    <message>
        <source>As add_image shows it. Pointing shows the pixel&apos;s value at every stage; a click pins it, arrows move it, Ctrl+wheel zooms all</source>
        <translation>与 add_image 显示的相同。鼠标指向像素可看到它在每个阶段的值；点击固定，方向键移动，Ctrl+滚轮同时缩放</translation>
    </message>
    <message>
        <source>De-normalised</source>
        <translation>反归一化</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input picture</source>
        <translation>输入图像</translation>
    </message>
    <message>
        <source>Mark values outside 0 to 1</source>
        <translation>标出 0 到 1 以外的值</translation>
    </message>
    <message>
        <source>Picture after this step</source>
        <translation>这一步之后的图像</translation>
    </message>
    <message>
        <source>Undo Normalize for the eye; the facts stay those of the tensor</source>
        <translation>仅为显示而还原 Normalize，下面的数值仍是张量本身的</translation>
    </message>
    <message>
        <source>preview</source>
        <extracomment>What a formula such as ``(0.482 - 0.485) / 0.229 ≈ -0.013`` needs, and the reason why a step fails. What a step needs that is not run in any row.</extracomment>
        <translation>预览</translation>
    </message>
    <message>
        <source>{count} of {total} values are below 0 or above 1; the display cuts them off. Click to mark them in the picture: blue below 0, red above 1</source>
        <translation>{total} 个值中有 {count} 个小于 0 或大于 1，显示时会被截断。点击可在图像中标出：蓝色小于 0，红色大于 1</translation>
    </message>
</context>
<context>
    <name>StageDetails</name>
    <message>
        <source>Histogram</source>
        <translation>直方图</translation>
    </message>
    <message>
        <source>Not run: a step before it fails.</source>
        <translation>没有运行：前面的步骤出错。</translation>
    </message>
    <message>
        <source>What the step computes for the probed pixel, a line a channel</source>
        <translation>这一步对所查看的像素做的计算，每个通道一行</translation>
    </message>
</context>
<context>
    <name>StagePictures</name>
    <message>
        <source>Fails here</source>
        <extracomment>x and y in pixels of a stage&apos;s value, from its top left corner.</extracomment>
        <translation>这里出错</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>没有图像</translation>
    </message>
    <message>
        <source>Not run</source>
        <translation>没有运行</translation>
    </message>
</context>
<context>
    <name>StageRequests</name>
    <message>
        <source>Transforms</source>
        <extracomment>Milliseconds without a change until the exact stages are computed.</extracomment>
        <translation>图像变换</translation>
    </message>
</context>
<context>
    <name>StageStrip</name>
    <message>
        <source>Open an image file; dropping one here does the same</source>
        <translation>打开图像文件，也可以直接拖到这里</translation>
    </message>
    <message>
        <source>Open an image to see it after every step of the pipeline.</source>
        <translation>打开一张图像，查看它经过流水线每一步之后的样子。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>The picture after every step</source>
        <translation>每一步之后的图像</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the running job</source>
        <translation>取消正在进行的任务</translation>
    </message>
    <message>
        <source>Device and version of PyTorch</source>
        <translation>设备和 PyTorch 版本</translation>
    </message>
    <message>
        <source>Loading PyTorch</source>
        <translation>正在加载 PyTorch</translation>
    </message>
    <message>
        <source>Memory of this process (resident set)</source>
        <translation>本进程占用的内存（常驻集）</translation>
    </message>
    <message>
        <source>Progress of the running job</source>
        <translation>当前任务的进度</translation>
    </message>
    <message>
        <source>Training {name}</source>
        <translation>正在训练 {name}</translation>
    </message>
    <message>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>剩余 {minutes}:{seconds:02d}</translation>
    </message>
</context>
<context>
    <name>StepBox</name>
    <message>
        <source>All parameters of {step}</source>
        <translation>{step} 的全部参数</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move the step, Delete removes it, Space switches it, Ctrl+D copies it</source>
        <extracomment>Parameters worth showing although PyTorch has a default for them. Whether it stands within another box: then the cross that removes it is in its menu alone.</extracomment>
        <translation>Alt+Up 和 Alt+Down 移动步骤，Delete 删除，空格键启用或停用，Ctrl+D 复制</translation>
    </message>
    <message>
        <source>Drag to another place (Alt+Up, Alt+Down)</source>
        <translation>拖动调整位置 (Alt+Up, Alt+Down)</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Fewer parameters of {step}</source>
        <translation>收起 {step} 的部分参数</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Move or duplicate {step}</source>
        <translation>移动或复制 {step}</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove {step}</source>
        <translation>删除 {step}</translation>
    </message>
    <message>
        <source>Switch {step} off</source>
        <translation>停用 {step}</translation>
    </message>
    <message>
        <source>Switch {step} on</source>
        <translation>启用 {step}</translation>
    </message>
</context>
<context>
    <name>StepsField</name>
    <message>
        <source>Add a step to the container</source>
        <translation>向容器中添加步骤</translation>
    </message>
</context>
<context>
    <name>SubjectCard</name>
    <message>
        <source>A layer inside an open model (a forward hook)</source>
        <translation>已打开的模型内部的一层 (forward hook)</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>多层串联</translation>
    </message>
    <message>
        <source>Kind of layer</source>
        <translation>层的种类</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Layers one after the other (nn.Sequential)</source>
        <translation>依次相连的多层 (nn.Sequential)</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>One layer with fresh weights (torch.nn)</source>
        <translation>权重刚初始化的单独一层 (torch.nn)</translation>
    </message>
    <message>
        <source>The kind of layer (torch.nn)</source>
        <translation>层的种类 (torch.nn)</translation>
    </message>
</context>
<context>
    <name>SubjectEdits</name>
    <message>
        <source>change of the layer</source>
        <translation>网络层的改动</translation>
    </message>
</context>
<context>
    <name>SystemDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this report to the clipboard</source>
        <translation>把这份报告复制到剪贴板</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Versions, devices and folders</source>
        <translation>版本、设备和文件夹</translation>
    </message>
</context>
<context>
    <name>TableCard</name>
    <message>
        <source>Export as CSV…</source>
        <translation>导出为 CSV…</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Images classified</source>
        <translation>已分类的图像</translation>
    </message>
    <message>
        <source>Only wrong ones</source>
        <translation>只看错的</translation>
    </message>
    <message>
        <source>Predictions</source>
        <translation>预测结果</translation>
    </message>
    <message>
        <source>Save the table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Show only images whose true class was missed</source>
        <translation>只显示预测错误的图像</translation>
    </message>
    <message>
        <source>Stop classifying</source>
        <translation>停止分类</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>What the model says about each image; choose one to look closer</source>
        <translation>模型对每张图像的预测；选一行可看详情</translation>
    </message>
    <message>
        <source>{done} of {count} images</source>
        <translation>{done} / {count} 张图像</translation>
    </message>
    <message>
        <source>{failed} could not be read or classified</source>
        <translation>{failed} 张无法读取或分类</translation>
    </message>
    <message>
        <source>{share} right</source>
        <translation>正确 {share}</translation>
    </message>
</context>
<context>
    <name>TileMenu</name>
    <message>
        <source>Move one place back</source>
        <translation>后移一位</translation>
    </message>
    <message>
        <source>Move one place forward</source>
        <translation>前移一位</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
</context>
<context>
    <name>ToolButtons</name>
    <message>
        <source>Choose points in a rectangle; Shift adds, Ctrl takes away</source>
        <translation>框选矩形内的点；Shift 添加，Ctrl 去掉</translation>
    </message>
    <message>
        <source>Draw around points to choose them; Shift adds, Ctrl takes away</source>
        <translation>圈住要选的点；Shift 添加，Ctrl 去掉</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>套索</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Move the plot (also with the middle button; the wheel zooms)</source>
        <translation>移动图（也可用鼠标中键；滚轮缩放）</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>矩形</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>显示所有点</translation>
    </message>
    <message>
        <source>Show or hide the settings of the embedding</source>
        <translation>显示或隐藏降维设置</translation>
    </message>
</context>
<context>
    <name>TrainingControls</name>
    <message>
        <source>End after the current step; a checkpoint is kept to resume from</source>
        <translation>完成当前这一步后停止，保留检查点，可以接着训练</translation>
    </message>
    <message>
        <source>Go on with the paused run, or with the stopped run selected in the list, where it ended</source>
        <translation>继续暂停的训练，或从中断处接着训练列表中选中的已停止的训练</translation>
    </message>
    <message>
        <source>Hold after the current step; press again to go on</source>
        <translation>完成当前这一步后暂停，再按一次继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Train the experiment from random weights, as a new run</source>
        <translation>从随机权重开始训练这个实验，作为一次新的训练</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>Correct the marked fields first.</source>
        <translation>请先改正标出的字段。</translation>
    </message>
    <message>
        <source>Moving {run} to the bin</source>
        <translation>正在把 {run} 移到回收站</translation>
    </message>
    <message>
        <source>Open Datasets</source>
        <translation>打开数据集页</translation>
    </message>
    <message>
        <source>Reading runs</source>
        <translation>正在读取训练记录</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>{run} is in the bin.</source>
        <translation>{run} 已移到回收站。</translation>
    </message>
    <message>
        <source>{run}: opening {dataset}</source>
        <translation>{run}：正在打开 {dataset}</translation>
    </message>
</context>
<context>
    <name>TrainingTexts</name>
    <message>
        <source>checkpoint {name} after {steps} steps</source>
        <translation>检查点 {name}，已训练 {steps} 步</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>epoch {epoch}: train loss {train_loss}, test loss {test_loss}, test accuracy {accuracy}, {time}</source>
        <translation>第 {epoch} 轮：训练损失 {train_loss}，测试损失 {test_loss}，测试准确率 {accuracy}，用时 {time}</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>failed: {message}</source>
        <translation>失败：{message}</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>running</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} 小时</translation>
    </message>
    <message>
        <source>{minutes} min</source>
        <translation>{minutes} 分钟</translation>
    </message>
    <message>
        <source>{run} finished: test accuracy {accuracy} in {time}</source>
        <translation>{run} 完成：测试准确率 {accuracy}，用时 {time}</translation>
    </message>
    <message>
        <source>{run} resumed at step {step} of epoch {epoch}: {images} images on {device}</source>
        <translation>{run} 从第 {epoch} 轮的第 {step} 步继续：{images} 张图像，设备 {device}</translation>
    </message>
    <message>
        <source>{run} started: {images} images, {parameters} parameters, on {device}</source>
        <translation>{run} 开始：{images} 张图像，{parameters} 个参数，设备 {device}</translation>
    </message>
    <message>
        <source>{run} stopped after {steps} steps; it can be resumed</source>
        <translation>{run} 在 {steps} 步后停止，可以接着训练</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <extracomment>What stands where a number is not known yet.</extracomment>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>TransformsCode</name>
    <message>
        <source>Draws</source>
        <translation>随机抽样</translation>
    </message>
    <message>
        <source>Every stage, or what is shown below them: a mixed batch, a folder</source>
        <translation>每个阶段，或各阶段下方显示的内容：混合的批次、文件夹</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Mix</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>On screen</source>
        <extracomment>What is on the screen: the stages, or what stands below them.</extracomment>
        <translation>当前画面</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Reads the inputs as here, applies each step and prints its facts</source>
        <translation>像这里一样读取输入，依次执行每一步并打印其数值信息</translation>
    </message>
    <message>
        <source>Step by step</source>
        <translation>逐步执行</translation>
    </message>
    <message>
        <source>The batch, and MixUp or CutMix on it</source>
        <translation>批次，以及对它做的 MixUp 或 CutMix</translation>
    </message>
    <message>
        <source>The draws with their seeds, and a checksum of each</source>
        <translation>各次抽样及其随机种子，以及每次的校验和</translation>
    </message>
    <message>
        <source>Writes the same files as the card Folder</source>
        <translation>写入与「文件夹」卡片相同的文件</translation>
    </message>
    <message>
        <source>add_image for every stage, with the order of the axes</source>
        <translation>对每个阶段调用 add_image，并给出各轴的顺序</translation>
    </message>
    <message>
        <source>transforms.Compose alone, as the tutorial writes it</source>
        <translation>只有 transforms.Compose，与教程的写法相同</translation>
    </message>
</context>
<context>
    <name>TransformsPage</name>
    <message>
        <source>Go to Datasets</source>
        <translation>前往数据集</translation>
    </message>
    <message>
        <source>No data set is open.</source>
        <extracomment>Milliseconds from the stages to the draws, which delay neither the stages&apos; painting nor the next edit then.</extracomment>
        <translation>还没有打开数据集。</translation>
    </message>
    <message>
        <source>Testing and predicting use this pipeline now.</source>
        <translation>测试和预测现在使用这条流水线。</translation>
    </message>
    <message>
        <source>Training uses this pipeline now.</source>
        <translation>训练现在使用这条流水线。</translation>
    </message>
    <message>
        <source>Training uses this pipeline now; testing uses it without its random steps.</source>
        <translation>训练现在使用这条流水线；测试也用它，但去掉随机步骤。</translation>
    </message>
    <message>
        <source>Transforms</source>
        <translation>图像变换</translation>
    </message>
    <message>
        <source>Use the pipeline for test</source>
        <translation>把流水线用于测试</translation>
    </message>
    <message>
        <source>Use the pipeline for training</source>
        <translation>把流水线用于训练</translation>
    </message>
</context>
<context>
    <name>ViewBar</name>
    <message>
        <source>After</source>
        <translation>变换后</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>变换前</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Compare epochs</source>
        <translation>比较轮次</translation>
    </message>
    <message>
        <source>Compare this batch with that of another epoch</source>
        <translation>与另一轮的同一批比较</translation>
    </message>
    <message>
        <source>Images per class in the set, the epoch and the batch</source>
        <translation>数据集、这一轮和这一批中每类的图像数</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Shape, dtype, range, mean and std; what is as in training; time to load</source>
        <translation>shape、dtype、范围、mean 和 std；哪些与训练时相同；加载用时</translation>
    </message>
    <message>
        <source>The images before the transforms</source>
        <translation>变换之前的图像</translation>
    </message>
    <message>
        <source>The tensor that the network gets, as add_image shows it</source>
        <translation>网络得到的张量，按 add_image 的方式显示</translation>
    </message>
    <message>
        <source>Undo Normalize for the eye; the numbers stay those of the tensor</source>
        <translation>仅为显示而还原 Normalize，数值仍是张量本身的</translation>
    </message>
    <message>
        <source>de-normalised</source>
        <translation>反归一化</translation>
    </message>
</context>
<context>
    <name>ViewCard</name>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Open elsewhere</source>
        <translation>在其他页打开</translation>
    </message>
    <message>
        <source>Open in Layers</source>
        <translation>在网络层中打开</translation>
    </message>
    <message>
        <source>Open in Transforms</source>
        <translation>在图像变换中打开</translation>
    </message>
    <message>
        <source>Open this picture in another tab</source>
        <translation>在其他页中打开这张图像</translation>
    </message>
    <message>
        <source>The picture as it was read. Right click: open it elsewhere</source>
        <translation>读取到的原图。右键：在其他页中打开</translation>
    </message>
</context>
<context>
    <name>_FolderField</name>
    <message>
        <source>Choose a folder</source>
        <extracomment>Least width of an editor (px) that has a slider beside it: room for four digits. How &quot;no value&quot; is shown in a choice.</extracomment>
        <translation>选择文件夹</translation>
    </message>
</context>
<context>
    <name>_LayerModel</name>
    <message>
        <source>Channels that are 0 everywhere</source>
        <translation>处处为 0 的通道数</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>网络层</translation>
    </message>
    <message>
        <source>Milliseconds of its forward pass</source>
        <translation>这一层前向计算的毫秒数</translation>
    </message>
    <message>
        <source>NaN</source>
        <translation>NaN</translation>
    </message>
    <message>
        <source>Numbers the layer has learned</source>
        <translation>这一层学习的参数个数</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Share of values that are exactly 0</source>
        <translation>恰好为 0 的值所占的比例</translation>
    </message>
    <message>
        <source>The class in torch.nn</source>
        <translation>torch.nn 中的类</translation>
    </message>
    <message>
        <source>The largest value</source>
        <translation>最大的值</translation>
    </message>
    <message>
        <source>The mean of all values</source>
        <translation>所有值的均值</translation>
    </message>
    <message>
        <source>The name in model.named_modules()</source>
        <translation>model.named_modules() 中的名称</translation>
    </message>
    <message>
        <source>The output&apos;s shape</source>
        <translation>输出的形状</translation>
    </message>
    <message>
        <source>The smallest value</source>
        <translation>最小的值</translation>
    </message>
    <message>
        <source>The standard deviation of all values</source>
        <translation>所有值的标准差</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Values that are infinite</source>
        <translation>无穷大的值的个数</translation>
    </message>
    <message>
        <source>Values that are no number</source>
        <translation>不是数 (NaN) 的值的个数</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>全 0</translation>
    </message>
    <message>
        <source>inf</source>
        <translation>inf</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>min</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>未经过</translation>
    </message>
    <message>
        <source>std</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>zeros</source>
        <translation>零占比</translation>
    </message>
</context>
<context>
    <name>_OrderButton</name>
    <message>
        <source>As in the data set</source>
        <translation>数据集顺序</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Date of the file</source>
        <translation>文件日期</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>File size</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Flagged first</source>
        <translation>已标记的在前</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>图像的顺序</translation>
    </message>
    <message>
        <source>Order: {order}</source>
        <translation>顺序：{order}</translation>
    </message>
    <message>
        <source>Width × height</source>
        <translation>宽 × 高</translation>
    </message>
</context>
<context>
    <name>_PipelineRows</name>
    <message>
        <source>Edit both pipelines in the Transforms tab (transforms.Compose)</source>
        <translation>在「图像变换」页编辑两条流水线 (transforms.Compose)</translation>
    </message>
    <message>
        <source>Edit transforms…</source>
        <translation>编辑图像变换…</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
</context>
<context>
    <name>catalog</name>
    <message>
        <source>(height, width), or one number for the shorter edge.</source>
        <translation>(高, 宽)；只给一个数时表示短边的长度。</translation>
    </message>
    <message>
        <source>(output - target)².</source>
        <translation>(output - target)²。</translation>
    </message>
    <message>
        <source>0 blurs, 1 changes nothing, more sharpens.</source>
        <translation>0 为模糊，1 保持不变，更大则锐化。</translation>
    </message>
    <message>
        <source>1, or 3 equal channels for models that want RGB.</source>
        <translation>1 个通道；或 3 个相同的通道，供需要 RGB 的模型使用。</translation>
    </message>
    <message>
        <source>101,000 photographs of 101 dishes; 5 GB to download.</source>
        <translation>101,000 张菜肴照片，101 种；需下载 5 GB。</translation>
    </message>
    <message>
        <source>13,000 labelled photographs of 96x96 in 10 classes.</source>
        <translation>13,000 张带标签的 96x96 照片，10 类。</translation>
    </message>
    <message>
        <source>13,394 photographs of ten easy classes of ImageNet.</source>
        <translation>13,394 张照片，ImageNet 中容易区分的 10 类。</translation>
    </message>
    <message>
        <source>60,000 colour photographs of 32x32 in 10 classes.</source>
        <extracomment>Those that are downloaded.</extracomment>
        <translation>60,000 张 32x32 彩色照片，10 类。</translation>
    </message>
    <message>
        <source>60,000 colour photographs of 32x32 in 100 classes.</source>
        <translation>60,000 张 32x32 彩色照片，100 类。</translation>
    </message>
    <message>
        <source>7,349 photographs of cats and dogs of 37 breeds.</source>
        <translation>7,349 张猫和狗的照片，37 个品种。</translation>
    </message>
    <message>
        <source>70,000 handwritten digits of 28x28, grey, shown as RGB.</source>
        <translation>70,000 张 28x28 手写数字，灰度图，按 RGB 显示。</translation>
    </message>
    <message>
        <source>70,000 old Japanese characters of 28x28, grey, shown as RGB.</source>
        <translation>70,000 张 28x28 日文古体字，灰度图，按 RGB 显示。</translation>
    </message>
    <message>
        <source>70,000 pieces of clothing of 28x28, grey, shown as RGB.</source>
        <translation>70,000 张 28x28 服饰图像，灰度图，按 RGB 显示。</translation>
    </message>
    <message>
        <source>8,189 photographs of flowers in 102 classes; few are for training.</source>
        <translation>8,189 张花卉照片，102 类；用于训练的很少。</translation>
    </message>
    <message>
        <source>99,289 house numbers&apos; digits of 32x32, cut from photographs.</source>
        <translation>99,289 张 32x32 门牌数字，从照片中裁出。</translation>
    </message>
    <message>
        <source>A border of one value.</source>
        <translation>用同一个值填充边框。</translation>
    </message>
    <message>
        <source>A border of zeros.</source>
        <translation>用 0 填充边框。</translation>
    </message>
    <message>
        <source>A border taken from the opposite side, as if the image went round.</source>
        <translation>边框取自对侧的像素，就像图像首尾相接。</translation>
    </message>
    <message>
        <source>A border that repeats the outermost pixel.</source>
        <translation>边框重复最外侧的像素。</translation>
    </message>
    <message>
        <source>A few operations at random, all of the same strength.</source>
        <translation>随机执行几个操作，强度都相同。</translation>
    </message>
    <message>
        <source>A mirrored border; the outermost pixel is not repeated.</source>
        <translation>边框用镜像填充；最外侧的像素不重复。</translation>
    </message>
    <message>
        <source>A single operation of random strength; there is nothing to tune.</source>
        <translation>只执行一个强度随机的操作；没有需要调节的参数。</translation>
    </message>
    <message>
        <source>A small drawn set, bundled: circle, square, star, triangle.</source>
        <translation>自带的小型手绘数据集：圆、正方形、星形、三角形。</translation>
    </message>
    <message>
        <source>A smooth ReLU: log(1 + exp(beta * x)) / beta.</source>
        <translation>平滑的 ReLU：log(1 + exp(beta * x)) / beta。</translation>
    </message>
    <message>
        <source>Adam with the weight decay kept apart from the gradient.</source>
        <translation>把权重衰减与梯度分开处理的 Adam。</translation>
    </message>
    <message>
        <source>Add ConvertImageDtype</source>
        <translation>加上 ConvertImageDtype</translation>
    </message>
    <message>
        <source>Add a border to an image smaller than size instead of failing.</source>
        <translation>图像小于 size 时补上边框，而不是报错。</translation>
    </message>
    <message>
        <source>Add a border.</source>
        <translation>在四周补上边框。</translation>
    </message>
    <message>
        <source>Add a learned number per output channel.</source>
        <translation>给每个输出通道加上一个可学习的数。</translation>
    </message>
    <message>
        <source>Add a random number to each value, as a camera does in the dark.</source>
        <translation>给每个值加上一个随机数，就像相机在暗处产生的噪声。</translation>
    </message>
    <message>
        <source>Added to the denominator so that it is never 0.</source>
        <translation>加在分母上，使它不会为 0。</translation>
    </message>
    <message>
        <source>Added to the variance so that nothing is divided by 0.</source>
        <translation>加在方差上，避免除以 0。</translation>
    </message>
    <message>
        <source>AlexNet (2012): five convolutions, three linear layers.</source>
        <translation>AlexNet (2012)：五个卷积层，三个线性层。</translation>
    </message>
    <message>
        <source>All of its steps or none, at random.</source>
        <translation>随机决定：其中的步骤全部执行，或都不执行。</translation>
    </message>
    <message>
        <source>All of its steps, in random order.</source>
        <translation>其中的所有步骤，按随机顺序执行。</translation>
    </message>
    <message>
        <source>Also give the place of each maximum, for MaxUnpool2d.</source>
        <translation>同时给出每个最大值的位置，供 MaxUnpool2d 使用。</translation>
    </message>
    <message>
        <source>Angle in degrees by which upright edges are slanted: drawn between -shear and shear, or between the two numbers of a pair; two further numbers slant level edges too.</source>
        <translation>竖直边倾斜的角度（度）：在 -shear 到 shear 之间抽取；给出两个数时在两者之间抽取；再加两个数时水平边也倾斜。</translation>
    </message>
    <message>
        <source>Another type for a tensor&apos;s numbers, scaled so that white stays white: 255 becomes 1.0.</source>
        <translation>改变张量数值的类型并相应缩放，使白色仍是白色：255 变成 1.0。</translation>
    </message>
    <message>
        <source>Another type for a tensor&apos;s numbers; a PIL image passes through unchanged.</source>
        <translation>改变张量数值的类型；PIL 图像原样通过。</translation>
    </message>
    <message>
        <source>As ELU, scaled so that mean 0 and variance 1 are kept from layer to layer.</source>
        <translation>与 ELU 相同，但经过缩放，使均值 0、方差 1 逐层保持。</translation>
    </message>
    <message>
        <source>As LeakyReLU, with a slope that is learned.</source>
        <translation>与 LeakyReLU 相同，但斜率由学习得到。</translation>
    </message>
    <message>
        <source>At most so many images of each class in each part; none: all.</source>
        <translation>每个部分中每类最多取多少张图像；none 表示全部。</translation>
    </message>
    <message>
        <source>Average to a given output size, whatever the input&apos;s size is.</source>
        <translation>不论输入多大，都平均成指定的输出尺寸。</translation>
    </message>
    <message>
        <source>Bend the picture as if seen through water: each point moves a little.</source>
        <translation>让图像像隔着水看到的那样扭曲：每个点都稍微移动。</translation>
    </message>
    <message>
        <source>Bits kept in each channel; 8 changes nothing.</source>
        <translation>每个通道保留的位数；8 表示保持不变。</translation>
    </message>
    <message>
        <source>Blend each image with its neighbour in the batch, and their labels too.</source>
        <translation>把每张图像与批次中相邻的图像混合，标签也一起混合。</translation>
    </message>
    <message>
        <source>Blur: each pixel becomes a weighted mean of its neighbourhood.</source>
        <translation>模糊：每个像素变成其邻域的加权平均。</translation>
    </message>
    <message>
        <source>Box blur</source>
        <translation>均值模糊</translation>
    </message>
    <message>
        <source>CIFAR-10: evaluation</source>
        <translation>CIFAR-10：评估</translation>
    </message>
    <message>
        <source>CIFAR-10: training</source>
        <translation>CIFAR-10：训练</translation>
    </message>
    <message>
        <source>Change brightness, contrast, saturation and hue at random, in random order.</source>
        <translation>以随机顺序随机改变亮度、对比度、饱和度和色相。</translation>
    </message>
    <message>
        <source>Change brightness, contrast, saturation, hue and the order of the channels, each at random.</source>
        <translation>分别随机改变亮度、对比度、饱和度、色相和通道的顺序。</translation>
    </message>
    <message>
        <source>Change nothing; one of the choices of RandomChoice, for example.</source>
        <translation>什么都不改变；例如可作为 RandomChoice 的一个选项。</translation>
    </message>
    <message>
        <source>Change the given tensor instead of making a new one.</source>
        <translation>直接修改输入的张量，而不新建张量。</translation>
    </message>
    <message>
        <source>Channels of the image that is sent through.</source>
        <translation>送入网络的图像的通道数。</translation>
    </message>
    <message>
        <source>Channels of the input.</source>
        <translation>输入的通道数。</translation>
    </message>
    <message>
        <source>Channels of the input: 3 for RGB.</source>
        <translation>输入的通道数：RGB 为 3。</translation>
    </message>
    <message>
        <source>Channels of the output: how many windows are learned.</source>
        <translation>输出的通道数，也就是学习多少个卷积核。</translation>
    </message>
    <message>
        <source>Convert to uint8</source>
        <translation>转换为 uint8</translation>
    </message>
    <message>
        <source>Convert to uint8 before it</source>
        <translation>在它之前转换为 uint8</translation>
    </message>
    <message>
        <source>Convolution</source>
        <extracomment>Input and kernel of the tutorial&apos;s page on convolution unless another input is given.</extracomment>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Convolution, padding 1</source>
        <translation>卷积，padding 为 1</translation>
    </message>
    <message>
        <source>Convolution, stride 2</source>
        <translation>卷积，stride 为 2</translation>
    </message>
    <message>
        <source>Count the zeros of the border in the mean.</source>
        <translation>求平均时把填充的 0 也算进去。</translation>
    </message>
    <message>
        <source>Cross entropy of three classes</source>
        <translation>三个类别的交叉熵</translation>
    </message>
    <message>
        <source>Cross entropy of yes-or-no answers; takes probabilities between 0 and 1.</source>
        <translation>用于是非判断的交叉熵；输入是 0 到 1 之间的概率。</translation>
    </message>
    <message>
        <source>Cut off what is darker than black or brighter than white.</source>
        <translation>把比黑更暗、比白更亮的值截断。</translation>
    </message>
    <message>
        <source>Cut out a piece at a random place.</source>
        <translation>在随机位置裁剪一块。</translation>
    </message>
    <message>
        <source>Cut out a piece of random place, area and proportions, then scale it to size.</source>
        <translation>按随机的位置、面积和宽高比裁剪一块，再缩放到 size。</translation>
    </message>
    <message>
        <source>Cut out the four corners and the middle: a tuple of five pictures, in this order.</source>
        <translation>裁剪四个角和正中间：得到五张图像的元组，按此顺序。</translation>
    </message>
    <message>
        <source>Cut out the middle; a smaller image gets a black border.</source>
        <translation>裁剪正中间的一块；图像不够大时补黑边。</translation>
    </message>
    <message>
        <source>Differences below it count squared, those above as they are.</source>
        <translation>差值小于它时按平方计，大于它时按原值计。</translation>
    </message>
    <message>
        <source>Dimension that adds up to 1; 1 is the classes or channels.</source>
        <translation>沿哪个维度加起来等于 1；1 是类别或通道维。</translation>
    </message>
    <message>
        <source>Distance between the window&apos;s points; 1 is a solid window.</source>
        <translation>窗口中各点的间距；1 表示没有空洞。</translation>
    </message>
    <message>
        <source>Distance the true class should keep from the others.</source>
        <translation>真实类别与其他类别应保持的间隔。</translation>
    </message>
    <message>
        <source>Divide by the largest running mean so far (the AMSGrad variant).</source>
        <translation>除以目前为止最大的滑动平均（AMSGrad 变体）。</translation>
    </message>
    <message>
        <source>Divide mean and std by 255</source>
        <translation>把 mean 和 std 除以 255</translation>
    </message>
    <message>
        <source>Divide the sum by this instead of the number of values.</source>
        <translation>求和后除以这个数，而不是除以值的个数。</translation>
    </message>
    <message>
        <source>Divide threshold by 255</source>
        <translation>把 threshold 除以 255</translation>
    </message>
    <message>
        <source>Draw a new order of the training images each epoch.</source>
        <translation>每一轮都重新打乱训练图像的顺序。</translation>
    </message>
    <message>
        <source>Each output is a learned weighted sum of all inputs.</source>
        <translation>每个输出都是所有输入的加权和，权重由学习得到。</translation>
    </message>
    <message>
        <source>Emboss</source>
        <translation>浮雕</translation>
    </message>
    <message>
        <source>Exact, or a faster formula with tanh.</source>
        <translation>精确公式，或用 tanh 的更快的近似公式。</translation>
    </message>
    <message>
        <source>File with corrected labels and images left out; none: no corrections.</source>
        <translation>记录已修正标签和已排除图像的文件；none 表示没有修正。</translation>
    </message>
    <message>
        <source>First dimension.</source>
        <translation>起始维度。</translation>
    </message>
    <message>
        <source>First dimension; 1 leaves the batch alone.</source>
        <translation>起始维度；1 表示保留批次维。</translation>
    </message>
    <message>
        <source>Fit the picture into target_size, then scale it by a random factor; proportions are kept.</source>
        <translation>先把图像缩放到能放进 target_size，再按随机系数缩放；宽高比不变。</translation>
    </message>
    <message>
        <source>Folder that holds the data; none is the program&apos;s data folder.</source>
        <translation>存放数据的文件夹；none 表示程序的数据文件夹。</translation>
    </message>
    <message>
        <source>Folder that holds the images; none is the program&apos;s data folder.</source>
        <extracomment>The bundled drawn set by layout: its folder and how to read that.</extracomment>
        <translation>存放图像的文件夹；none 表示程序的数据文件夹。</translation>
    </message>
    <message>
        <source>Follow it by ToDtype(torch.float32, scale=True) to get what ToTensor gives.</source>
        <translation>在它后面加上 ToDtype(torch.float32, scale=True)，即可得到与 ToTensor 相同的结果。</translation>
    </message>
    <message>
        <source>For each channel: (value - mean) / std.</source>
        <translation>对每个通道：(值 - mean) / std。</translation>
    </message>
    <message>
        <source>From a picture (height, width, channel), 0..255, to a float tensor (channel, height, width), 0..1.</source>
        <extracomment>Modes that ``ToPILImage`` can be told to make, of 1, 2, 3 and 4 channels.</extracomment>
        <translation>把图像（高, 宽, 通道），0..255，变成浮点张量（通道, 高, 宽），0..1。</translation>
    </message>
    <message>
        <source>From a picture to a tensor (channel, height, width) of the same whole numbers; nothing is scaled.</source>
        <translation>把图像变成数值相同的整数张量（通道, 高, 宽）；不做缩放。</translation>
    </message>
    <message>
        <source>From a picture, array or tensor to a tensor that knows it is an image; its numbers stay the same.</source>
        <translation>把图像、数组或张量变成标明自己是图像的张量；数值不变。</translation>
    </message>
    <message>
        <source>From a tensor (channel, height, width) or an array (height, width, channel) to a picture; floats are multiplied by 255.</source>
        <translation>把张量（通道, 高, 宽）或数组（高, 宽, 通道）变成图像；浮点数会乘以 255。</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Give 3 channels</source>
        <translation>输出 3 个通道</translation>
    </message>
    <message>
        <source>Give a single number</source>
        <translation>改为一个数</translation>
    </message>
    <message>
        <source>Give each channel mean 0 and variance 1, then a learned scale and shift.</source>
        <translation>让每个通道均值为 0、方差为 1，再做可学习的缩放和平移。</translation>
    </message>
    <message>
        <source>Give height and width</source>
        <translation>同时给出高和宽</translation>
    </message>
    <message>
        <source>Give one number per channel</source>
        <translation>每个通道给一个数</translation>
    </message>
    <message>
        <source>Give several pictures last</source>
        <translation>把得到多张图像的步骤移到最后</translation>
    </message>
    <message>
        <source>Give the input as it is.</source>
        <translation>原样输出输入。</translation>
    </message>
    <message>
        <source>GoogLeNet (2014): inception blocks with parallel convolutions.</source>
        <translation>GoogLeNet (2014)：由并行卷积组成的 Inception 模块。</translation>
    </message>
    <message>
        <source>Groups; must divide num_channels.</source>
        <translation>分成多少组；num_channels 要能被它整除。</translation>
    </message>
    <message>
        <source>Handwritten letters and digits of 28x28, grey, shown as RGB.</source>
        <translation>28x28 手写字母和数字，灰度图，按 RGB 显示。</translation>
    </message>
    <message>
        <source>How far a corner may move: 1 is up to the middle of the picture, 0 not at all.</source>
        <translation>角可以移动多远：1 表示最远到图像中心，0 表示不动。</translation>
    </message>
    <message>
        <source>How far each wrong class comes closer to the true class&apos;s logit than the margin.</source>
        <translation>每个错误类别的 logit 离真实类别的 logit 比间隔近了多少。</translation>
    </message>
    <message>
        <source>How far points move; a pair is (across, down).</source>
        <translation>各点移动多远；两个数是（水平, 竖直）。</translation>
    </message>
    <message>
        <source>How far the target&apos;s probabilities are from the output&apos;s; takes logarithms.</source>
        <translation>目标的概率与输出的概率相差多少；输入是对数概率。</translation>
    </message>
    <message>
        <source>How it is written: OpenCV&apos;s cvtColor, or a slice that runs backwards; the pixels are the same.</source>
        <extracomment>The two ways to write it; their pixels are the same.</extracomment>
        <translation>代码的写法：OpenCV 的 cvtColor，或倒序切片；得到的像素相同。</translation>
    </message>
    <message>
        <source>How labels are kept: the tutorial&apos;s three layouts.</source>
        <translation>标签如何存放：教程里的三种结构。</translation>
    </message>
    <message>
        <source>How long and in which portions to train.</source>
        <translation>训练多久，每次用多少数据。</translation>
    </message>
    <message>
        <source>How many operations follow one another.</source>
        <translation>依次执行多少个操作。</translation>
    </message>
    <message>
        <source>How many times every training image is seen.</source>
        <translation>每张训练图像被看多少遍。</translation>
    </message>
    <message>
        <source>How many times larger the result is; none if size is given.</source>
        <translation>把图像放大多少倍；给出 size 时为 none。</translation>
    </message>
    <message>
        <source>How new pixels are computed.</source>
        <translation>新像素的计算方式。</translation>
    </message>
    <message>
        <source>How new pixels are computed; bicubic works on PIL images alone.</source>
        <extracomment>The largest height or width that a parameter takes. Interpolations for turning and bending, which know no others.</extracomment>
        <translation>新像素的计算方式；bicubic 只能用于 PIL 图像。</translation>
    </message>
    <message>
        <source>How new pixels are computed; box, hamming and lanczos work on PIL images alone.</source>
        <translation>新像素的计算方式；box、hamming 和 lanczos 只能用于 PIL 图像。</translation>
    </message>
    <message>
        <source>How often each is chosen, one number per step; none chooses all equally often.</source>
        <translation>每个步骤被选中的频率，每步一个数；none 表示机会均等。</translation>
    </message>
    <message>
        <source>How sharp the bend is.</source>
        <translation>转折处有多尖锐。</translation>
    </message>
    <message>
        <source>How smooth it is: neighbours within about this many pixels move alike.</source>
        <translation>有多平滑：相距约这么多像素以内的点移动相似。</translation>
    </message>
    <message>
        <source>Identity</source>
        <extracomment>Stable name -&gt; (label marked for translation in the context ``catalog``, maker, smallest edge).</extracomment>
        <translation>恒等</translation>
    </message>
    <message>
        <source>ImageNet: evaluation</source>
        <translation>ImageNet：评估</translation>
    </message>
    <message>
        <source>ImageNet: training</source>
        <translation>ImageNet：训练</translation>
    </message>
    <message>
        <source>ImageNet: training as torchvision&apos;s references do it</source>
        <translation>ImageNet：训练，与 torchvision 的 references 相同</translation>
    </message>
    <message>
        <source>Images in one optimiser step.</source>
        <translation>优化器每一步所用的图像数。</translation>
    </message>
    <message>
        <source>Images with this label do not count.</source>
        <translation>标签为这个值的图像不计入损失。</translation>
    </message>
    <message>
        <source>In training, set values to 0 at random and scale the rest up.</source>
        <translation>训练时随机把一些值置为 0，并放大其余的值。</translation>
    </message>
    <message>
        <source>In training, set whole channels to 0 at random and scale the rest up.</source>
        <translation>训练时随机把整个通道置为 0，并放大其余的通道。</translation>
    </message>
    <message>
        <source>Initialise by a truncated normal distribution (slow) instead of PyTorch&apos;s way.</source>
        <translation>用截断正态分布初始化（较慢），而不用 PyTorch 的默认方式。</translation>
    </message>
    <message>
        <source>Into how many levels the strength of an operation is divided.</source>
        <translation>把操作的强度分成多少级。</translation>
    </message>
    <message>
        <source>JPEG&apos;s quality, or the smallest and largest from which it is drawn; less is worse.</source>
        <translation>JPEG 的质量；两个数是随机抽取的最小值和最大值；数越小质量越差。</translation>
    </message>
    <message>
        <source>Keep a checkpoint of every epoch, not only of the last and best.</source>
        <translation>每一轮都保留检查点，而不只是最后和最好的。</translation>
    </message>
    <message>
        <source>Keep only the brightness, at random; the number of channels stays the same.</source>
        <translation>随机地只保留亮度；通道数不变。</translation>
    </message>
    <message>
        <source>Keep only the brightness: 0.299 red + 0.587 green + 0.114 blue.</source>
        <translation>只保留亮度：0.299 红 + 0.587 绿 + 0.114 蓝。</translation>
    </message>
    <message>
        <source>Keep only the first bits of each value, so that few shades remain.</source>
        <translation>每个值只保留最高的几位，于是只剩少数几种深浅。</translation>
    </message>
    <message>
        <source>Keep the channels of a pixel side by side in memory: the same sums, often faster.</source>
        <translation>让同一像素的各通道在内存中相邻：结果相同，往往更快。</translation>
    </message>
    <message>
        <source>Keep the largest value of each window.</source>
        <translation>保留每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>Keep the largest value of windows whose places are drawn at random to fit a size.</source>
        <translation>保留每个窗口中的最大值，窗口的位置随机抽取，使输出符合指定的尺寸。</translation>
    </message>
    <message>
        <source>Keep the largest values so that the output has a given size, whatever the input&apos;s is.</source>
        <translation>不论输入多大，都保留各处的最大值，得到指定的输出尺寸。</translation>
    </message>
    <message>
        <source>Keep the mean of each window.</source>
        <translation>保留每个窗口的平均值。</translation>
    </message>
    <message>
        <source>Keep the windows that reach over the border: round the size up.</source>
        <translation>保留超出边界的窗口：输出尺寸向上取整。</translation>
    </message>
    <message>
        <source>L1 loss, mean</source>
        <translation>L1 损失，平均</translation>
    </message>
    <message>
        <source>L1 loss, sum</source>
        <translation>L1 损失，求和</translation>
    </message>
    <message>
        <source>Laplace</source>
        <translation>拉普拉斯</translation>
    </message>
    <message>
        <source>Last dimension; -1 is the very last.</source>
        <translation>结束维度；-1 表示最后一维。</translation>
    </message>
    <message>
        <source>LeNet-5: the classic small network for 32x32 images.</source>
        <translation>LeNet-5：用于 32x32 图像的经典小网络。</translation>
    </message>
    <message>
        <source>Learn a scale and a shift for each place.</source>
        <translation>为每个位置学习缩放和平移。</translation>
    </message>
    <message>
        <source>Learn a scale and a shift per channel.</source>
        <translation>为每个通道学习缩放和平移。</translation>
    </message>
    <message>
        <source>Learn the shift too, not only the scale.</source>
        <translation>除缩放外，也学习平移。</translation>
    </message>
    <message>
        <source>Learning rate: how far each step goes against the gradient.</source>
        <translation>学习率：每一步沿负梯度方向走多远。</translation>
    </message>
    <message>
        <source>Leave max_size out</source>
        <translation>不设 max_size</translation>
    </message>
    <message>
        <source>Leave out the last batch of an epoch when it is not full.</source>
        <translation>每一轮的最后一批不满时丢掉它。</translation>
    </message>
    <message>
        <source>Length of the window.</source>
        <translation>窗口的长度。</translation>
    </message>
    <message>
        <source>Let a tensor forget that it is an image; the numbers stay as they are.</source>
        <translation>去掉张量的「图像」身份，变成普通张量；数值不变。</translation>
    </message>
    <message>
        <source>Linear: 5 numbers to 3, a matrix product</source>
        <translation>Linear：5 个数变成 3 个，矩阵乘法</translation>
    </message>
    <message>
        <source>Look ahead along the momentum; needs momentum above 0 and dampening 0.</source>
        <translation>沿动量方向向前看一步；需要 momentum 大于 0 且 dampening 为 0。</translation>
    </message>
    <message>
        <source>MSE loss</source>
        <translation>MSE 损失</translation>
    </message>
    <message>
        <source>Made for testing: the model judges all five and the mean of its answers counts. Most classic steps take no tuple.</source>
        <translation>用于测试：模型对五张都做判断，取各个输出的平均值。经典版 (v1) 的步骤大多不接受元组。</translation>
    </message>
    <message>
        <source>Made for testing: the model judges all ten and the mean of its answers counts. Most classic steps take no tuple.</source>
        <translation>用于测试：模型对十张都做判断，取各个输出的平均值。经典版 (v1) 的步骤大多不接受元组。</translation>
    </message>
    <message>
        <source>Make images larger, or smaller, by repeating or mixing pixels.</source>
        <translation>通过重复或混合像素来放大或缩小图像。</translation>
    </message>
    <message>
        <source>Make kernel_size smaller</source>
        <translation>减小 kernel_size</translation>
    </message>
    <message>
        <source>Make max_size the larger</source>
        <translation>把 max_size 改为较大的数</translation>
    </message>
    <message>
        <source>Make positive numbers that add up to 1: exp(x) / sum of exp(x).</source>
        <translation>变成总和为 1 的正数：exp(x) / exp(x) 之和。</translation>
    </message>
    <message>
        <source>Make sigma smaller</source>
        <translation>减小 sigma</translation>
    </message>
    <message>
        <source>Make the negative of the bright pixels alone.</source>
        <translation>只把亮的像素变成负片。</translation>
    </message>
    <message>
        <source>Make the negative: black becomes white.</source>
        <translation>变成负片：黑色变成白色。</translation>
    </message>
    <message>
        <source>Make the result large enough for the whole turned picture.</source>
        <translation>扩大结果，使旋转后的图像完整保留。</translation>
    </message>
    <message>
        <source>Make three equal channels of one; a picture that has three stays as it is.</source>
        <translation>把一个通道变成三个相同的通道；已有三个通道的图像不变。</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>最大池化</translation>
    </message>
    <message>
        <source>Max pooling, ceil_mode</source>
        <translation>最大池化，ceil_mode</translation>
    </message>
    <message>
        <source>Mean 0 and variance 1 for each channel of each image by itself.</source>
        <translation>每张图像的每个通道各自变为均值 0、方差 1。</translation>
    </message>
    <message>
        <source>Mean 0 and variance 1 over groups of channels of each image by itself.</source>
        <translation>每张图像的通道分成若干组，各组变为均值 0、方差 1。</translation>
    </message>
    <message>
        <source>Mean 0 and variance 1 over the last dimensions of each image by itself.</source>
        <translation>每张图像各自在最后几个维度上变为均值 0、方差 1。</translation>
    </message>
    <message>
        <source>Mean of the added numbers; 1 is the way from black to white.</source>
        <translation>所加随机数的均值；1 相当于从黑到白的差距。</translation>
    </message>
    <message>
        <source>Memory of the running means of the gradient and of its square.</source>
        <translation>梯度及其平方的滑动平均的衰减系数。</translation>
    </message>
    <message>
        <source>Minus the logarithm of the softmax probability of the true class; takes raw logits.</source>
        <translation>真实类别的 softmax 概率的负对数；输入是原始的 logits。</translation>
    </message>
    <message>
        <source>Minus the value given for the true class; only for models that end in LogSoftmax.</source>
        <translation>真实类别对应值的相反数；只用于以 LogSoftmax 结尾的模型。</translation>
    </message>
    <message>
        <source>Mirror top and bottom instead of left and right.</source>
        <translation>上下翻转，而不是左右翻转。</translation>
    </message>
    <message>
        <source>MobileNetV2 (2018): small and fast inverted residual blocks.</source>
        <translation>MobileNetV2 (2018)：小而快的倒残差块。</translation>
    </message>
    <message>
        <source>Most the longer edge may have.</source>
        <translation>长边的上限。</translation>
    </message>
    <message>
        <source>Most the longer edge may have; only with a single number as size.</source>
        <translation>长边的上限；只在 size 为一个数时可用。</translation>
    </message>
    <message>
        <source>Move Normalize behind it</source>
        <extracomment>Steps that compute new pixels or add some; flips and crops do the same before and after Normalize.</extracomment>
        <translation>把 Normalize 移到它后面</translation>
    </message>
    <message>
        <source>Move the four corners inwards at random, as if seen from the side.</source>
        <translation>随机把四个角向内移动，像是从侧面看图像。</translation>
    </message>
    <message>
        <source>Move this step back</source>
        <translation>把这一步往后移</translation>
    </message>
    <message>
        <source>Move this step before ToTensor</source>
        <translation>把这一步移到 ToTensor 之前</translation>
    </message>
    <message>
        <source>Move this step to the front</source>
        <translation>把这一步移到最前面</translation>
    </message>
    <message>
        <source>Name or number of the column of labels; none: it is found.</source>
        <translation>标签列的名称或序号；none 表示自动查找。</translation>
    </message>
    <message>
        <source>Name or number of the column of paths; none: it is found.</source>
        <translation>路径列的名称或序号；none 表示自动查找。</translation>
    </message>
    <message>
        <source>Name or number of the column that says train, test or val; none: one so called, if any.</source>
        <translation>标明 train、test 或 val 的列的名称或序号；none 表示按列名查找，没有就不用。</translation>
    </message>
    <message>
        <source>Negative values are multiplied by a small slope.</source>
        <translation>负值乘以一个小的斜率。</translation>
    </message>
    <message>
        <source>Negative values become 0, values above 6 become 6.</source>
        <translation>负值变成 0，大于 6 的值变成 6。</translation>
    </message>
    <message>
        <source>Negative values become 0.</source>
        <translation>负值变成 0。</translation>
    </message>
    <message>
        <source>Negative values bend towards -alpha: alpha * (exp(x) - 1).</source>
        <translation>负值逐渐趋向 -alpha：alpha * (exp(x) - 1)。</translation>
    </message>
    <message>
        <source>Noise with random labels, made when it is needed.</source>
        <extracomment>Noise, made here.</extracomment>
        <translation>带随机标签的噪声图像，需要时生成。</translation>
    </message>
    <message>
        <source>Number of chains.</source>
        <translation>操作链的条数。</translation>
    </message>
    <message>
        <source>Number of classes.</source>
        <translation>类别数。</translation>
    </message>
    <message>
        <source>Number of classes: labels become that many probabilities. None only if they are already.</source>
        <translation>类别数：把标签变成这么多个概率。只有标签本来就是概率时才用 none。</translation>
    </message>
    <message>
        <source>Number of images for test: those that come after the others.</source>
        <translation>测试图像的数量：排在训练图像之后的那些。</translation>
    </message>
    <message>
        <source>Number of images for training.</source>
        <extracomment>The parameters of ``fake``; torchvision has one part, here the images after it are for test.</extracomment>
        <translation>训练图像的数量。</translation>
    </message>
    <message>
        <source>Numbers per image that come in.</source>
        <translation>每张图像输入多少个数。</translation>
    </message>
    <message>
        <source>Numbers per image that go out.</source>
        <translation>每张图像输出多少个数。</translation>
    </message>
    <message>
        <source>Of weights, order and random transforms (torch.manual_seed).</source>
        <translation>权重、顺序和随机变换的随机种子 (torch.manual_seed)。</translation>
    </message>
    <message>
        <source>One more than the largest length that is drawn.</source>
        <translation>比可抽到的最大长度大 1。</translation>
    </message>
    <message>
        <source>One of 25 pairs of operations that a search found to be good for a data set.</source>
        <translation>从 25 对操作中随机选一对，这些操作是经搜索发现适合某个数据集的。</translation>
    </message>
    <message>
        <source>One of its steps, at random.</source>
        <translation>随机执行其中一个步骤。</translation>
    </message>
    <message>
        <source>One of the two dimensions.</source>
        <translation>要交换的两个维度之一。</translation>
    </message>
    <message>
        <source>One slope for all channels, or as many as there are channels.</source>
        <translation>所有通道共用一个斜率，或每个通道一个。</translation>
    </message>
    <message>
        <source>Only zeros: there is no border to fill.</source>
        <translation>只能用 zeros：这里没有边框要填充。</translation>
    </message>
    <message>
        <source>Operations in a chain; -1 and 0 draw 1 to 3 for each chain.</source>
        <translation>每条链中的操作数；-1 和 0 表示每条链随机取 1 到 3 个。</translation>
    </message>
    <message>
        <source>Outputs of the last layer, one a class.</source>
        <extracomment>The images and outputs as an operation, so that they get a form.</extracomment>
        <translation>最后一层的输出个数，每类一个。</translation>
    </message>
    <message>
        <source>Overwrite a random rectangle, so that no single detail decides.</source>
        <translation>随机覆盖一个矩形，使判断不会只依赖某一处细节。</translation>
    </message>
    <message>
        <source>Overwrite the input to save memory; the result is the same.</source>
        <translation>直接覆盖输入以节省内存，结果相同。</translation>
    </message>
    <message>
        <source>PIL&apos;s mode of the picture; none takes it from the number of channels and their type.</source>
        <translation>图像的 PIL mode；none 表示按通道数和数值类型决定。</translation>
    </message>
    <message>
        <source>Parts the channels are split into; it must divide both channel counts.</source>
        <translation>把通道分成多少组；输入和输出的通道数都要能被它整除。</translation>
    </message>
    <message>
        <source>Paste a rectangle of its neighbour in the batch into each image; labels are mixed by area.</source>
        <translation>把批次中相邻图像的一个矩形贴到每张图像上；标签按面积比例混合。</translation>
    </message>
    <message>
        <source>Pixels added at each border before the window moves.</source>
        <translation>窗口移动前在每条边上填充的像素数。</translation>
    </message>
    <message>
        <source>Pixels added at each border; a pair is (left and right, top and bottom), four go round from the left.</source>
        <translation>每条边上填充的像素数；两个数是（左右, 上下），四个数依次是左、上、右、下。</translation>
    </message>
    <message>
        <source>Pixels added at the right and lower border of the result.</source>
        <translation>在结果的右边和下边增加的像素数。</translation>
    </message>
    <message>
        <source>Pixels of border: one number, or (left, right, top, bottom).</source>
        <translation>边框的像素数：一个数，或（左, 右, 上, 下）。</translation>
    </message>
    <message>
        <source>Pixels taken away from each border of the result.</source>
        <translation>从结果的每条边去掉的像素数。</translation>
    </message>
    <message>
        <source>Pixels the window moves on.</source>
        <translation>窗口每次移动的像素数。</translation>
    </message>
    <message>
        <source>Pixels the window moves on; none is kernel_size.</source>
        <translation>窗口每次移动的像素数；none 表示等于 kernel_size。</translation>
    </message>
    <message>
        <source>Power the shortfalls are raised to.</source>
        <translation>对不足间隔的部分取几次方。</translation>
    </message>
    <message>
        <source>Probability of each of the five changes.</source>
        <translation>五种变化各自发生的概率。</translation>
    </message>
    <message>
        <source>Probability of setting a feature to 0 while training.</source>
        <translation>训练时把一个特征置为 0 的概率。</translation>
    </message>
    <message>
        <source>Probability that a value becomes 0.</source>
        <translation>一个值变成 0 的概率。</translation>
    </message>
    <message>
        <source>Probability that it happens.</source>
        <translation>发生的概率。</translation>
    </message>
    <message>
        <source>Processes that load images beside the training; 0 loads in place.</source>
        <translation>在训练的同时加载图像的进程数；0 表示不另开进程。</translation>
    </message>
    <message>
        <source>Pulls every weight towards 0 by this share (L2 penalty).</source>
        <translation>按这个比例把每个权重拉向 0（L2 惩罚）。</translation>
    </message>
    <message>
        <source>Put BGRToRGB first</source>
        <translation>在最前面加上 BGRToRGB</translation>
    </message>
    <message>
        <source>Put CenterCrop behind it</source>
        <translation>在它后面加上 CenterCrop</translation>
    </message>
    <message>
        <source>Put ConvertImageDtype before it</source>
        <translation>在它前面加上 ConvertImageDtype</translation>
    </message>
    <message>
        <source>Put PILToTensor before it</source>
        <translation>在它前面加上 PILToTensor</translation>
    </message>
    <message>
        <source>Put RGB before this step</source>
        <translation>在这一步之前加上 RGB</translation>
    </message>
    <message>
        <source>Put Resize before this step</source>
        <extracomment>Edges up to this are so short that a step may fail for it.</extracomment>
        <translation>在这一步之前加上 Resize</translation>
    </message>
    <message>
        <source>Put Resize behind it</source>
        <translation>在它后面加上 Resize</translation>
    </message>
    <message>
        <source>Put ToPILImage before it</source>
        <translation>在它前面加上 ToPILImage</translation>
    </message>
    <message>
        <source>Put ToTensor before this step</source>
        <translation>在这一步之前加上 ToTensor</translation>
    </message>
    <message>
        <source>Put a learned window down at each pixel and add up: makes images larger.</source>
        <translation>在每个像素处放下一个可学习的卷积核再相加：把图像变大。</translation>
    </message>
    <message>
        <source>Put dimensions into one; copies only if the memory needs it.</source>
        <translation>把几个维度合成一个；只在内存布局需要时才复制。</translation>
    </message>
    <message>
        <source>Put it before Normalize: it takes values from 0 to 1, or bytes.</source>
        <translation>请放在 Normalize 之前：它接受 0 到 1 的值，或字节 (uint8)。</translation>
    </message>
    <message>
        <source>Put it before ToTensor: it is made for pictures and tensors of bytes.</source>
        <translation>请放在 ToTensor 之前：它用于图像和字节 (uint8) 张量。</translation>
    </message>
    <message>
        <source>Put the channels in a random order: red may become blue.</source>
        <translation>随机打乱通道的顺序：红色可能变成蓝色。</translation>
    </message>
    <message>
        <source>Put the channels of an array that OpenCV read (blue, green, red) into the order that models expect: red, green, blue.</source>
        <translation>把 OpenCV 读取的数组的通道（蓝、绿、红）改成模型需要的顺序：红、绿、蓝。</translation>
    </message>
    <message>
        <source>Put the dimensions from start_dim to end_dim into one.</source>
        <translation>把从 start_dim 到 end_dim 的维度展平成一维。</translation>
    </message>
    <message>
        <source>Put the maxima of a MaxPool2d back to where they were; the rest becomes 0.</source>
        <translation>把 MaxPool2d 的最大值放回原来的位置，其余变成 0。</translation>
    </message>
    <message>
        <source>Put the picture somewhere on a larger, empty canvas, so that everything on it gets smaller.</source>
        <translation>把图像放到更大的空白画布上的某个位置，于是画面中的一切都变小。</translation>
    </message>
    <message>
        <source>Put the smaller number first</source>
        <translation>把较小的数放在前面</translation>
    </message>
    <message>
        <source>ReLU of 2 x 2 numbers</source>
        <translation>2 x 2 个数的 ReLU</translation>
    </message>
    <message>
        <source>Remember mean and variance of training for evaluation.</source>
        <translation>记住训练时的均值和方差，供评估时使用。</translation>
    </message>
    <message>
        <source>Remove Normalize</source>
        <translation>删除 Normalize</translation>
    </message>
    <message>
        <source>Remove this step</source>
        <translation>删除这一步</translation>
    </message>
    <message>
        <source>ResNet (2015) with 18 layers: blocks with a shortcut.</source>
        <translation>ResNet (2015)，18 层：带捷径连接的残差块。</translation>
    </message>
    <message>
        <source>ResNet (2015) with 34 layers: blocks with a shortcut.</source>
        <translation>ResNet (2015)，34 层：带捷径连接的残差块。</translation>
    </message>
    <message>
        <source>Same chance for every step</source>
        <translation>各步骤机会均等</translation>
    </message>
    <message>
        <source>Save as JPEG and read again, with the blocks and fringes that leaves.</source>
        <translation>存为 JPEG 再读取，带有由此产生的方块和边缘杂纹。</translation>
    </message>
    <message>
        <source>Scale the numbers so that white stays white: 255 becomes 1.0. Without it 255 becomes 255.0.</source>
        <translation>缩放数值，使白色仍是白色：255 变成 1.0。不缩放时 255 变成 255.0。</translation>
    </message>
    <message>
        <source>Scale the picture so that its shorter edge gets a random length.</source>
        <translation>缩放图像，使短边成为随机的长度。</translation>
    </message>
    <message>
        <source>Scale the picture so that its shorter edge gets one of a few lengths.</source>
        <translation>缩放图像，使短边成为给定的几个长度之一。</translation>
    </message>
    <message>
        <source>Scale the picture; a single number is the length of the shorter edge and keeps the proportions.</source>
        <translation>缩放图像；只给一个数时表示短边的长度，并保持宽高比。</translation>
    </message>
    <message>
        <source>Seed of the first image; each further one has the next.</source>
        <translation>第一张图像的随机种子；后面每张依次加一。</translation>
    </message>
    <message>
        <source>Seed of the split and of the choice that per_class makes.</source>
        <translation>划分以及按 per_class 选取时的随机种子。</translation>
    </message>
    <message>
        <source>Set expand=False</source>
        <translation>设置 expand=False</translation>
    </message>
    <message>
        <source>Set pad_if_needed</source>
        <translation>设置 pad_if_needed</translation>
    </message>
    <message>
        <source>Set pad_if_needed, with a constant border</source>
        <translation>设置 pad_if_needed，用常数填充边框</translation>
    </message>
    <message>
        <source>Set scale=True</source>
        <translation>设置 scale=True</translation>
    </message>
    <message>
        <source>Several chains of operations, their results and the picture itself mixed by random weights.</source>
        <translation>用几条操作链处理图像，再把结果与原图按随机权重混合。</translation>
    </message>
    <message>
        <source>Several data sets as one: their classes and images together.</source>
        <translation>把多个数据集合为一个：类别和图像合并在一起。</translation>
    </message>
    <message>
        <source>Several steps as one, in order.</source>
        <translation>把几个步骤合为一步，依次执行。</translation>
    </message>
    <message>
        <source>Shape of the Beta distribution that the share is drawn from: 1 makes all shares equally likely, less favours shares near 0 and 1, more favours halves.</source>
        <translation>Beta 分布的形状，混合比例从中抽取：1 表示各种比例机会均等，小于 1 偏向接近 0 和 1 的比例，大于 1 偏向各占一半。</translation>
    </message>
    <message>
        <source>Share of the images that are for test, when they are split here.</source>
        <translation>在这里划分时，用于测试的图像所占的比例。</translation>
    </message>
    <message>
        <source>Share of the last step that is kept in the next one.</source>
        <translation>上一步的更新量保留到下一步的比例。</translation>
    </message>
    <message>
        <source>Share of the target spread evenly over all classes.</source>
        <translation>把目标概率平均分给所有类别的比例。</translation>
    </message>
    <message>
        <source>Sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>Sharpen or blur, at random.</source>
        <translation>随机地变锐利或变模糊。</translation>
    </message>
    <message>
        <source>Shorter side of the images; full is as they were photographed.</source>
        <translation>图像短边的长度；full 表示保持原始照片的尺寸。</translation>
    </message>
    <message>
        <source>Side of the images, or their height and width.</source>
        <translation>图像的边长，或高和宽。</translation>
    </message>
    <message>
        <source>Sigmoid and BCELoss in one, computed more exactly.</source>
        <translation>Sigmoid 与 BCELoss 合为一步，计算更精确。</translation>
    </message>
    <message>
        <source>Sigmoid of 2 x 2 numbers</source>
        <translation>2 x 2 个数的 Sigmoid</translation>
    </message>
    <message>
        <source>Sigmoid of straight lines: 0 below -3, 1 above 3, x / 6 + 0.5 between.</source>
        <translation>用直线段代替的 Sigmoid：小于 -3 为 0，大于 3 为 1，之间为 x / 6 + 0.5。</translation>
    </message>
    <message>
        <source>Size of that image: one number, or (height, width).</source>
        <translation>该图像的尺寸：一个数，或 (高, 宽)。</translation>
    </message>
    <message>
        <source>Size of the result as a share of the input&apos;s; none if output_size is given.</source>
        <translation>结果尺寸与输入尺寸之比；给出 output_size 时为 none。</translation>
    </message>
    <message>
        <source>Size of the result: (height, width), or one number for a square.</source>
        <translation>结果的尺寸：(高, 宽)，或用一个数表示正方形。</translation>
    </message>
    <message>
        <source>Size of the result: one number, or (height, width).</source>
        <translation>结果的尺寸：一个数，或 (高, 宽)。</translation>
    </message>
    <message>
        <source>Size of the result; then scale_factor must be none.</source>
        <translation>结果的尺寸；给出时 scale_factor 必须为 none。</translation>
    </message>
    <message>
        <source>Size of the window: one number, or (depth, height, width).</source>
        <translation>窗口的尺寸：一个数，或（深, 高, 宽）。</translation>
    </message>
    <message>
        <source>Size of the window: one number, or (height, width).</source>
        <translation>窗口的尺寸：一个数，或 (高, 宽)。</translation>
    </message>
    <message>
        <source>Sizes of the last dimensions, which are normalised together.</source>
        <translation>最后几个维度的尺寸，这些维度一起归一化。</translation>
    </message>
    <message>
        <source>Slide learned windows along a sequence [N, C, L].</source>
        <translation>让可学习的卷积核沿序列 [N, C, L] 滑动。</translation>
    </message>
    <message>
        <source>Slide learned windows over the image; each makes one output channel.</source>
        <translation>让可学习的卷积核在图像上滑动，每个卷积核得到一个输出通道。</translation>
    </message>
    <message>
        <source>Slide learned windows through a volume [N, C, D, H, W].</source>
        <translation>让可学习的卷积核在立体数据 [N, C, D, H, W] 中滑动。</translation>
    </message>
    <message>
        <source>Smallest and largest factor for the canvas&apos;s height and width.</source>
        <translation>画布高和宽的放大倍数的最小值和最大值。</translation>
    </message>
    <message>
        <source>Smallest and largest factor.</source>
        <translation>系数的最小值和最大值。</translation>
    </message>
    <message>
        <source>Smallest and largest factor; 1 changes nothing.</source>
        <translation>系数的最小值和最大值；1 表示不变。</translation>
    </message>
    <message>
        <source>Smallest and largest factor; none does not scale.</source>
        <translation>缩放系数的最小值和最大值；none 表示不缩放。</translation>
    </message>
    <message>
        <source>Smallest and largest height divided by width.</source>
        <translation>高除以宽的最小值和最大值。</translation>
    </message>
    <message>
        <source>Smallest and largest share of the area.</source>
        <translation>面积占比的最小值和最大值。</translation>
    </message>
    <message>
        <source>Smallest and largest shift; 0.5 is half the colour circle.</source>
        <translation>偏移量的最小值和最大值；0.5 是半个色环。</translation>
    </message>
    <message>
        <source>Smallest and largest width divided by height.</source>
        <translation>宽高比（宽除以高）的最小值和最大值。</translation>
    </message>
    <message>
        <source>Smallest length of the shorter edge.</source>
        <translation>短边的最小长度。</translation>
    </message>
    <message>
        <source>Smooth when shrinking a tensor; PIL images are always smoothed.</source>
        <translation>缩小张量时做抗锯齿平滑；PIL 图像总会平滑。</translation>
    </message>
    <message>
        <source>Sobel, horizontal edges</source>
        <translation>Sobel，水平边缘</translation>
    </message>
    <message>
        <source>Sobel, vertical edges</source>
        <translation>Sobel，竖直边缘</translation>
    </message>
    <message>
        <source>Split one dimension into several.</source>
        <translation>把一个维度拆成几个。</translation>
    </message>
    <message>
        <source>Spread each channel&apos;s values so that all occur about equally often.</source>
        <translation>把每个通道的值分散开，使各个值出现的次数大致相等。</translation>
    </message>
    <message>
        <source>Spread r * r channels over an image that is r times larger.</source>
        <translation>把 r * r 个通道铺成长宽各放大 r 倍的图像。</translation>
    </message>
    <message>
        <source>Squared for small differences, straight for large ones.</source>
        <translation>差值小时取平方，差值大时按直线增长。</translation>
    </message>
    <message>
        <source>Squeeze every value into -1..1.</source>
        <translation>把每个值压到 -1..1。</translation>
    </message>
    <message>
        <source>Squeeze every value into 0..1: 1 / (1 + exp(-x)).</source>
        <translation>把每个值压到 0..1：1 / (1 + exp(-x))。</translation>
    </message>
    <message>
        <source>Standard deviation of the added numbers; 1 is the way from black to white.</source>
        <translation>所加随机数的标准差；1 相当于从黑到白的差距。</translation>
    </message>
    <message>
        <source>Standard deviation of the weights in pixels: drawn between two numbers, or just one.</source>
        <translation>权重的标准差，以像素为单位：在两个数之间随机抽取，或只给一个数。</translation>
    </message>
    <message>
        <source>Steps scaled by running means of the gradient and its square.</source>
        <translation>用梯度及其平方的滑动平均来调整每一步的大小。</translation>
    </message>
    <message>
        <source>Stochastic gradient descent, with momentum if wanted.</source>
        <translation>随机梯度下降，可带动量。</translation>
    </message>
    <message>
        <source>Stretch each channel so that its darkest value becomes black and its brightest white.</source>
        <translation>拉伸每个通道，使最暗的值变成黑色，最亮的值变成白色。</translation>
    </message>
    <message>
        <source>Swap left and right, at random.</source>
        <translation>随机左右翻转。</translation>
    </message>
    <message>
        <source>Swap top and bottom, at random.</source>
        <translation>随机上下翻转。</translation>
    </message>
    <message>
        <source>Swap two dimensions: same memory, read in another order.</source>
        <translation>交换两个维度：内存不变，按另一种顺序读取。</translation>
    </message>
    <message>
        <source>Take 0.1 instead of 0</source>
        <translation>用 0.1 代替 0</translation>
    </message>
    <message>
        <source>Take interpolation bilinear</source>
        <translation>interpolation 改用 bilinear</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>把它移到外面</translation>
    </message>
    <message>
        <source>Take padding_mode edge</source>
        <translation>padding_mode 改用 edge</translation>
    </message>
    <message>
        <source>Take the default value</source>
        <translation>改用默认值</translation>
    </message>
    <message>
        <source>Take the largest magnitude</source>
        <translation>改用最大的 magnitude</translation>
    </message>
    <message>
        <source>Take the odd number below</source>
        <translation>改用小 1 的奇数</translation>
    </message>
    <message>
        <source>The CSV below the folder; none: the only one in it.</source>
        <translation>文件夹下的 CSV 文件；none 表示其中唯一的那个。</translation>
    </message>
    <message>
        <source>The angle is drawn between -degrees and degrees, or between the two numbers of a pair; counterclockwise is positive in RandomRotation, clockwise in RandomAffine.</source>
        <translation>角度在 -degrees 到 degrees 之间随机抽取，给出两个数时在这两个数之间抽取；在 RandomRotation 中正值表示逆时针，在 RandomAffine 中表示顺时针。</translation>
    </message>
    <message>
        <source>The class of all its images; none: they have no label.</source>
        <translation>其中所有图像的类别；none 表示没有标签。</translation>
    </message>
    <message>
        <source>The class of v2: it draws from PyTorch&apos;s generator, so that a seed repeats the choice; the classic one draws from Python&apos;s.</source>
        <translation>v2 的类：它从 PyTorch 的生成器抽取随机数，所以同一个随机种子会重现所选的步骤；经典版 (v1) 从 Python 的生成器抽取。</translation>
    </message>
    <message>
        <source>The class of v2: it draws from PyTorch&apos;s generator, so that a seed repeats the order; the classic one draws from Python&apos;s.</source>
        <translation>v2 的类：它从 PyTorch 的生成器抽取随机数，所以同一个随机种子会重现步骤的顺序；经典版 (v1) 从 Python 的生成器抽取。</translation>
    </message>
    <message>
        <source>The data set that the pairs were found on.</source>
        <translation>这些操作对是在哪个数据集上找到的。</translation>
    </message>
    <message>
        <source>The data sets whose images are put together.</source>
        <translation>要把图像合并在一起的数据集。</translation>
    </message>
    <message>
        <source>The dimension that is split.</source>
        <translation>要拆分的维度。</translation>
    </message>
    <message>
        <source>The factor is drawn between 1 - value (at least 0) and 1 + value, or between the two numbers of a pair.</source>
        <translation>系数在 1 - 该值（不小于 0）到 1 + 该值之间随机抽取，给出两个数时在这两个数之间抽取。</translation>
    </message>
    <message>
        <source>The four corners and the middle, then the same five of the mirrored picture: a tuple of ten.</source>
        <translation>四个角和正中间，再加上翻转后图像的同样五块：由十张图像组成的元组。</translation>
    </message>
    <message>
        <source>The larger, the more alike are the weights of the mixture.</source>
        <translation>越大，混合的各个权重越接近。</translation>
    </message>
    <message>
        <source>The lengths to choose from, or a single one.</source>
        <translation>可选的长度，或只给一个长度。</translation>
    </message>
    <message>
        <source>The logarithm of Softmax, computed without rounding it to 0.</source>
        <translation>Softmax 的对数，计算时不会先舍入成 0。</translation>
    </message>
    <message>
        <source>The mean over all numbers, the sum divided by the images (the mathematical one), or others.</source>
        <translation>所有数的平均 (mean)、总和除以图像数 (batchmean，数学上的定义)，或其他方式。</translation>
    </message>
    <message>
        <source>The most it is shifted to either side: (share of the width, share of the height).</source>
        <translation>向每个方向平移的上限：（占宽度的比例, 占高度的比例）。</translation>
    </message>
    <message>
        <source>The new sizes; -1 is worked out from the others.</source>
        <translation>新的尺寸；-1 表示由其他尺寸推算。</translation>
    </message>
    <message>
        <source>The other one.</source>
        <translation>要交换的另一个维度。</translation>
    </message>
    <message>
        <source>The p of the norm.</source>
        <translation>范数的 p。</translation>
    </message>
    <message>
        <source>The p-norm of each window: 1 is the sum, 2 the length, large p nearly the maximum.</source>
        <translation>每个窗口的 p 范数：1 是求和，2 是长度，p 很大时接近最大值。</translation>
    </message>
    <message>
        <source>The point (x, y) to turn around; none is the middle.</source>
        <translation>旋转中心 (x, y)；none 表示图像中心。</translation>
    </message>
    <message>
        <source>The r; channels must divide by r * r.</source>
        <translation>即 r；通道数要能被 r * r 整除。</translation>
    </message>
    <message>
        <source>The same memory in another shape; never a copy, so it can fail.</source>
        <translation>同一块内存换一种形状；从不复制，所以可能失败。</translation>
    </message>
    <message>
        <source>The same numbers in another shape; a copy where it has to be.</source>
        <translation>同样的数换一种形状；必要时才复制。</translation>
    </message>
    <message>
        <source>The shift is drawn between -value and value, or between the two numbers of a pair; 0.5 is half the colour circle.</source>
        <translation>偏移量在 -该值 到 该值 之间随机抽取，给出两个数时在这两个数之间抽取；0.5 是半个色环。</translation>
    </message>
    <message>
        <source>The size that factor 1 fits into; torchvision takes (width, height).</source>
        <translation>系数为 1 时图像要放进的尺寸；torchvision 按（宽, 高）读取。</translation>
    </message>
    <message>
        <source>The sizes it becomes; -1 is worked out from the others.</source>
        <translation>拆成的各个尺寸；-1 表示由其他尺寸推算。</translation>
    </message>
    <message>
        <source>The slope to begin with.</source>
        <translation>斜率的初始值。</translation>
    </message>
    <message>
        <source>The steps that follow one another.</source>
        <translation>依次执行的步骤。</translation>
    </message>
    <message>
        <source>The steps to choose from.</source>
        <translation>可供选择的步骤。</translation>
    </message>
    <message>
        <source>The steps to put in order.</source>
        <translation>要排列顺序的步骤。</translation>
    </message>
    <message>
        <source>The strength of each operation is drawn from this many levels of 10.</source>
        <translation>每个操作的强度从 10 级中的前这么多级里随机抽取。</translation>
    </message>
    <message>
        <source>The target is given as logarithms too.</source>
        <translation>目标也以对数概率给出。</translation>
    </message>
    <message>
        <source>The tutorial&apos;s network: three 5x5 convolutions and two linear layers.</source>
        <translation>教程里的网络：三个 5x5 卷积层和两个线性层。</translation>
    </message>
    <message>
        <source>The type of the result.</source>
        <translation>结果的数值类型。</translation>
    </message>
    <message>
        <source>The value of the border.</source>
        <translation>边框的值。</translation>
    </message>
    <message>
        <source>Their strength: a level from 0, less than the number of levels there are.</source>
        <translation>这些操作的强度：从 0 开始的级别，要小于级别总数。</translation>
    </message>
    <message>
        <source>ToTensor as torchvision&apos;s v2 advises it</source>
        <translation>ToTensor，按 torchvision v2 建议的写法</translation>
    </message>
    <message>
        <source>ToTensor divides by 255 as well; after this step Normalize still needs floats.</source>
        <translation>ToTensor 还会除以 255；而在这一步之后，Normalize 仍需要先转成浮点数。</translation>
    </message>
    <message>
        <source>Training takes the mean over the images of a batch.</source>
        <translation>训练时对一个批次的图像取平均。</translation>
    </message>
    <message>
        <source>Turn BGR into RGB first</source>
        <translation>先把 BGR 变成 RGB</translation>
    </message>
    <message>
        <source>Turn the picture by a random angle.</source>
        <translation>把图像旋转一个随机角度。</translation>
    </message>
    <message>
        <source>Turn, shift, scale and shear the picture at random, all in one go.</source>
        <translation>一步完成随机的旋转、平移、缩放和错切。</translation>
    </message>
    <message>
        <source>Tutorial: Normalize</source>
        <translation>教程：Normalize</translation>
    </message>
    <message>
        <source>Tutorial: RandomCrop</source>
        <translation>教程：RandomCrop</translation>
    </message>
    <message>
        <source>Tutorial: Resize</source>
        <translation>教程：Resize</translation>
    </message>
    <message>
        <source>Tutorial: ToTensor</source>
        <extracomment>Mean and std per channel of CIFAR-10&apos;s training images, and of ImageNet&apos;s (torchvision&apos;s documentation).</extracomment>
        <translation>教程：ToTensor</translation>
    </message>
    <message>
        <source>Usually the last step: after Normalize, 0 is the mean colour; before it, 0 is black.</source>
        <translation>通常放在最后：在 Normalize 之后 0 是平均颜色，在它之前 0 是黑色。</translation>
    </message>
    <message>
        <source>VGG (2014) with 11 layers of weights; large.</source>
        <translation>VGG (2014)，11 个带权重的层；较大。</translation>
    </message>
    <message>
        <source>VGG (2014) with 16 layers of weights; large.</source>
        <translation>VGG (2014)，16 个带权重的层；较大。</translation>
    </message>
    <message>
        <source>Value of the added pixels, one number or one per channel: whole numbers from 0 to 255 in a picture, 0 to 1 in a tensor of floats.</source>
        <translation>填充像素的值，一个数或每个通道一个数：图像用 0 到 255 的整数，浮点张量用 0 到 1。</translation>
    </message>
    <message>
        <source>Values from here on are inverted: 0 to 255 in a picture, 0 to 1 in a tensor of floats.</source>
        <translation>不小于这个值的会取反；它在图像中为 0 到 255，在浮点张量中为 0 到 1。</translation>
    </message>
    <message>
        <source>Weakens the new gradient within the momentum.</source>
        <translation>减弱新梯度在动量中的作用。</translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running mean.</source>
        <translation>最新一批在滑动平均中的权重。</translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running mean; none is a plain mean.</source>
        <translation>最新一批在滑动平均中的权重；none 表示普通平均。</translation>
    </message>
    <message>
        <source>What becomes of the single losses: their mean, their sum, or none.</source>
        <translation>各个损失如何汇总：取平均、求和，或 none 表示不汇总。</translation>
    </message>
    <message>
        <source>What is divided by, one number per channel.</source>
        <translation>除数，每个通道一个数。</translation>
    </message>
    <message>
        <source>What is subtracted, one number per channel.</source>
        <translation>减数，每个通道一个数。</translation>
    </message>
    <message>
        <source>What is written there: one number, one per channel, or random for noise.</source>
        <translation>覆盖时写入的值：一个数、每个通道一个数，或 random 表示噪声。</translation>
    </message>
    <message>
        <source>What it is called on: the input, or the input transposed, which is not in memory order.</source>
        <translation>对哪个张量调用：输入，或转置后的输入（它的数不按内存顺序排列）。</translation>
    </message>
    <message>
        <source>What large negative values come near to.</source>
        <translation>绝对值很大的负输入趋近于这个值的相反数 -alpha。</translation>
    </message>
    <message>
        <source>What negative values are multiplied by.</source>
        <translation>负值乘以的系数。</translation>
    </message>
    <message>
        <source>What the added border is made of.</source>
        <translation>补上的边框用什么填充。</translation>
    </message>
    <message>
        <source>What the border is made of: one value, the last pixel, or the mirrored image.</source>
        <translation>边框用什么填充：固定值、边缘像素，或镜像图像。</translation>
    </message>
    <message>
        <source>Where beta * x is larger, the result is x itself.</source>
        <translation>beta * x 大于这个值时，结果就是 x 本身。</translation>
    </message>
    <message>
        <source>Where tensors live; auto takes CUDA, else MPS, else the CPU.</source>
        <translation>张量所在的设备；auto 依次选用 CUDA、MPS、CPU。</translation>
    </message>
    <message>
        <source>Where the label stands in a name without its ending: {label}; * is anything, # digits, ? one character, / the end of a folder&apos;s name.</source>
        <translation>标签在不含扩展名的名称中的位置：{label}；* 是任意内容，# 是数字，? 是一个字符，/ 是文件夹名的结尾。</translation>
    </message>
    <message>
        <source>Whether brightness, colour, contrast and sharpness are among them.</source>
        <translation>其中是否包括亮度、颜色、对比度和锐度。</translation>
    </message>
    <message>
        <source>Whether the corner pixels stay where they are; only for bilinear and bicubic.</source>
        <translation>四角的像素是否保持在原位；只用于 bilinear 和 bicubic。</translation>
    </message>
    <message>
        <source>Which of EMNIST&apos;s splits, torchvision&apos;s parameter split; bymerge and byclass take 2 GB of memory.</source>
        <translation>选用 EMNIST 的哪种划分，即 torchvision 的参数 split；bymerge 和 byclass 需要 2 GB 内存。</translation>
    </message>
    <message>
        <source>Width and height of the neighbourhood in pixels, odd; a pair is (width, height).</source>
        <translation>邻域的宽和高，以像素为单位，须为奇数；两个数是（宽, 高）。</translation>
    </message>
    <message>
        <source>Your own images as a CSV lists them: a path and a label in each line.</source>
        <translation>用 CSV 列出的你自己的图像：每行一个路径和一个标签。</translation>
    </message>
    <message>
        <source>Your own images in ants_image, bees_image ... and text files with their labels in ants_label, bees_label ...</source>
        <translation>你自己的图像放在 ants_image、bees_image 等文件夹，标签的文本文件放在 ants_label、bees_label 等文件夹。</translation>
    </message>
    <message>
        <source>Your own images with the label in the file name, such as cat_01.jpg.</source>
        <translation>你自己的图像，标签在文件名中，例如 cat_01.jpg。</translation>
    </message>
    <message>
        <source>Your own images, all those in a folder, of one class or without label.</source>
        <translation>你自己的图像：一个文件夹中的所有图像，同属一类或没有标签。</translation>
    </message>
    <message>
        <source>Your own images: a folder per class, in train and test (or val), or directly.</source>
        <translation>你自己的图像：每类一个文件夹，放在 train 和 test（或 val）中，或直接放置。</translation>
    </message>
    <message>
        <source>cv2.imread keeps an old order of channels, blue first, but ToTensor and ToPILImage take the first for red. Put this step first; transforms of pictures need ToPILImage after it.</source>
        <translation>cv2.imread 沿用旧的通道顺序，蓝色在最前，而 ToTensor 和 ToPILImage 把第一个通道当作红色。请把这一步放在最前；用于图像的变换还要在它后面加上 ToPILImage。</translation>
    </message>
    <message>
        <source>ending of the source file, such as jpg</source>
        <translation>源文件的扩展名，例如 jpg</translation>
    </message>
    <message>
        <source>name of the folder that the source file lies in</source>
        <translation>源文件所在文件夹的名称</translation>
    </message>
    <message>
        <source>name of the source file without its ending</source>
        <translation>源文件的名称，不含扩展名</translation>
    </message>
    <message>
        <source>number and name of the step whose result it is</source>
        <translation>得到这个结果的步骤的序号和名称</translation>
    </message>
    <message>
        <source>number of the copy, from 1</source>
        <translation>第几份，从 1 开始</translation>
    </message>
    <message>
        <source>number of the picture where a step gives several, from 1</source>
        <translation>一步得到多张图像时的序号，从 1 开始</translation>
    </message>
    <message>
        <source>number of the source file in the sorted list, from 1</source>
        <translation>源文件在排序列表中的序号，从 1 开始</translation>
    </message>
    <message>
        <source>own: its own parts, or 80/20 of every class if it comes in one; else all images are split anew.</source>
        <extracomment>Share and seed of the split of sets that come in one part. The parameters every source has, after its own.</extracomment>
        <translation>own：使用自带的划分，只有一部分时每类按 80/20 划分；其他选项会把所有图像重新划分。</translation>
    </message>
    <message>
        <source>scikit-learn&apos;s 1,797 handwritten digits, bundled, as RGB images of 32x32.</source>
        <translation>scikit-learn 自带的 1,797 张手写数字，转为 32x32 的 RGB 图像。</translation>
    </message>
    <message>
        <source>scikit-learn&apos;s two photographs, bundled, without labels.</source>
        <translation>scikit-learn 自带的两张照片，没有标签。</translation>
    </message>
    <message>
        <source>seed of the copy: torch.manual_seed(seed) gives it again</source>
        <translation>这一份的随机种子：用 torch.manual_seed(seed) 可重现</translation>
    </message>
    <message>
        <source>torch.manual_seed before the layer is made: its weights.</source>
        <extracomment>The seed as an operation, so that it gets a field.</extracomment>
        <translation>创建这一层之前的 torch.manual_seed，决定它的权重。</translation>
    </message>
    <message>
        <source>torchvision&apos;s v2 advises ToDtype with scale=True instead.</source>
        <translation>torchvision v2 建议改用 ToDtype，并设 scale=True。</translation>
    </message>
    <message>
        <source>torchvision&apos;s v2 advises ToImage followed by ToDtype(torch.float32, scale=True); the values are the same.</source>
        <translation>torchvision v2 建议用 ToImage，再接 ToDtype(torch.float32, scale=True)；得到的值相同。</translation>
    </message>
    <message>
        <source>weighted: WeightedRandomSampler draws every class equally often; shuffle has no effect.</source>
        <translation>weighted：WeightedRandomSampler 让各类被抽到的机会相同；shuffle 不起作用。</translation>
    </message>
    <message>
        <source>x * sigmoid(x).</source>
        <translation>x * sigmoid(x)。</translation>
    </message>
    <message>
        <source>x * tanh(softplus(x)).</source>
        <translation>x * tanh(softplus(x))。</translation>
    </message>
    <message>
        <source>x / (1 + |x|).</source>
        <translation>x / (1 + |x|)。</translation>
    </message>
    <message>
        <source>x times the share of a normal distribution below x.</source>
        <translation>x 乘以正态分布中小于 x 的部分所占的比例。</translation>
    </message>
    <message>
        <source>|output - target|.</source>
        <translation>|输出 - 目标|。</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>1 or more</source>
        <translation>至少 1</translation>
    </message>
    <message>
        <source>A batch of one image is too small for the model&apos;s BatchNorm.</source>
        <translation>批次里只有一张图像，对模型的 BatchNorm 来说太少。</translation>
    </message>
    <message>
        <source>A batch of {count} tensors {shape} takes {size} MiB.</source>
        <translation>{count} 个形状为 {shape} 的张量组成的批次要占用 {size} MiB。</translation>
    </message>
    <message>
        <source>A border of {padding} cannot be taken from an edge of {size}: at most {most}.</source>
        <translation>长 {size} 的边取不出 {padding} 的边框：最多 {most}。</translation>
    </message>
    <message>
        <source>A name has 1 to {longest} characters.</source>
        <translation>名称的长度应为 1 到 {longest} 个字符。</translation>
    </message>
    <message>
        <source>A perplexity of {perplexity:g} does not fit {count:,} images.</source>
        <translation>perplexity {perplexity:g} 不适合 {count:,} 张图像。</translation>
    </message>
    <message>
        <source>A picture has 1 or 3 channels.</source>
        <translation>图像应有 1 个或 3 个通道。</translation>
    </message>
    <message>
        <source>A pipeline has at most {most} steps.</source>
        <extracomment>Steps that a pipeline read from a file or a text may have, those within containers too.</extracomment>
        <translation>一条流水线最多 {most} 个步骤。</translation>
    </message>
    <message>
        <source>A small one, such as 0.1, moves each pixel by itself.</source>
        <translation>较小的值（例如 0.1）会让每个像素各自移动。</translation>
    </message>
    <message>
        <source>A window over {window} pixels does not fit into {available}: {size} and {padding} at each end.</source>
        <translation>跨 {window} 个像素的窗口放不进 {available} 个像素：原有 {size} 个，两端各填充 {padding} 个。</translation>
    </message>
    <message>
        <source>Add ConvertImageDtype.</source>
        <translation>请加上 ConvertImageDtype。</translation>
    </message>
    <message>
        <source>Add Resize or a crop, or take fewer pictures.</source>
        <translation>请加上 Resize 或裁剪，或减少图像。</translation>
    </message>
    <message>
        <source>Add Resize with a height and a width to the transforms.</source>
        <translation>请在图像变换中加上同时给出高和宽的 Resize。</translation>
    </message>
    <message>
        <source>Add Resize with two numbers, or CenterCrop or RandomCrop at the end.</source>
        <translation>请加上给出两个数的 Resize，或在最后加上 CenterCrop 或 RandomCrop。</translation>
    </message>
    <message>
        <source>Add ToTensor.</source>
        <translation>请加上 ToTensor。</translation>
    </message>
    <message>
        <source>Add [[dataset.sources]] with a source, once for each.</source>
        <translation>请为每个数据来源各加一个 [[dataset.sources]]。</translation>
    </message>
    <message>
        <source>Add [[{key}]] with a source, once for each.</source>
        <translation>请为每个数据来源各加一个 [[{key}]]。</translation>
    </message>
    <message>
        <source>Add [{key}] with {name_key} = &quot;{example}&quot;.</source>
        <translation>请加上 [{key}]，其中 {name_key} = &quot;{example}&quot;。</translation>
    </message>
    <message>
        <source>Add a crop, or give height and width. If all are square, this is fine.</source>
        <translation>请加上裁剪，或同时给出高和宽。如果图像都是正方形，这样也可以。</translation>
    </message>
    <message>
        <source>Add a step to it, or remove it.</source>
        <translation>请在其中加上一个步骤，或删除它。</translation>
    </message>
    <message>
        <source>Add one.</source>
        <translation>请添加一层。</translation>
    </message>
    <message>
        <source>After {step} pictures may have different sizes; a batch needs equal ones.</source>
        <translation>经过 {step} 后，图像的尺寸可能不同，而同一批次的尺寸必须相同。</translation>
    </message>
    <message>
        <source>All images of {name} that have a label are left out by corrections.</source>
        <translation>{name} 中有标签的图像都已被修正排除。</translation>
    </message>
    <message>
        <source>All images of {path} were split anew: {train} are for training and {test} for test.</source>
        <translation>{path} 的所有图像已重新划分：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>Allow reading in the file&apos;s properties, or copy it elsewhere.</source>
        <translation>请在文件属性中允许读取，或把它复制到别处。</translation>
    </message>
    <message>
        <source>Allowed: {allowed}, or a text file with a name a line.</source>
        <translation>可用的值：{allowed}，或每行一个名称的文本文件。</translation>
    </message>
    <message>
        <source>Allowed: {allowed}.</source>
        <translation>可用的值：{allowed}。</translation>
    </message>
    <message>
        <source>Almost the same in training and test</source>
        <translation>训练和测试中的近似图像</translation>
    </message>
    <message>
        <source>Almost the same picture has different labels, {labels}: {images}.</source>
        <translation>几乎相同的图像标签不同，{labels}：{images}。</translation>
    </message>
    <message>
        <source>Almost the same picture is for training and for test: {images}.</source>
        <translation>几乎相同的图像既用于训练又用于测试：{images}。</translation>
    </message>
    <message>
        <source>Almost the same picture twice</source>
        <translation>近似重复的图像</translation>
    </message>
    <message>
        <source>Almost the same, different labels</source>
        <translation>近似图像，标签不同</translation>
    </message>
    <message>
        <source>An output of shape {shape} has no pictures to be reshaped.</source>
        <extracomment>Side of the small pictures in pixels of the screen, where it is not known. Numbers that are coloured at once.</extracomment>
        <translation>形状为 {shape} 的输出无法 reshape 成图像。</translation>
    </message>
    <message>
        <source>Apply {inner} to every picture.</source>
        <translation>请对每张图像都应用 {inner}。</translation>
    </message>
    <message>
        <source>At most {limit} images of each class in each part, seed {seed}.</source>
        <translation>每个部分中每类最多 {limit} 张图像，随机种子 {seed}。</translation>
    </message>
    <message>
        <source>BCELoss takes probabilities from 0 to 1, but gets {value}.</source>
        <translation>BCELoss 需要 0 到 1 的概率，却得到 {value}。</translation>
    </message>
    <message>
        <source>Call some rows train, or choose another column of parts.</source>
        <translation>请把一些行标为 train，或选择其他列作为划分列。</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>随机步骤</translation>
    </message>
    <message>
        <source>Change it; its default value would work.</source>
        <translation>请修改它；默认值可用。</translation>
    </message>
    <message>
        <source>Change one of them.</source>
        <translation>请修改其中一个。</translation>
    </message>
    <message>
        <source>Change the image size with Resize, or choose another model.</source>
        <translation>请用 Resize 改变图像尺寸，或选择其他模型。</translation>
    </message>
    <message>
        <source>Change the layer, or give images of the size and channels it expects.</source>
        <translation>请修改这一层，或输入尺寸和通道数符合要求的图像。</translation>
    </message>
    <message>
        <source>Change the name in one of the files.</source>
        <translation>请修改其中一个文件里的名称。</translation>
    </message>
    <message>
        <source>Change them in the Transforms tab.</source>
        <translation>请在「图像变换」页修改。</translation>
    </message>
    <message>
        <source>Change them, or take the default values.</source>
        <translation>请修改这些值，或使用默认值。</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道数</translation>
    </message>
    <message>
        <source>Check that it exists and that you may read it.</source>
        <translation>请确认它存在，并且你有读取权限。</translation>
    </message>
    <message>
        <source>Check that it is there and that you may use it.</source>
        <translation>请确认它存在，并且你有使用权限。</translation>
    </message>
    <message>
        <source>Check that you may read it.</source>
        <translation>请确认你有读取权限。</translation>
    </message>
    <message>
        <source>Check the drive and the file&apos;s name.</source>
        <translation>请检查磁盘和文件名。</translation>
    </message>
    <message>
        <source>Check the network and download again: it goes on where it stopped. Or fetch {files} by other means, put what you fetched into {path} and download again: that needs no network.</source>
        <translation>请检查网络后重新下载，会从中断处继续。也可以用其他方式取得 {files}，放到 {path} 后再点下载，这样不需要网络。</translation>
    </message>
    <message>
        <source>Choose a .pt file from the checkpoints folder of a run.</source>
        <translation>请在某次训练的 checkpoints 文件夹中选择 .pt 文件。</translation>
    </message>
    <message>
        <source>Choose a .pt or .pth file.</source>
        <translation>请选择 .pt 或 .pth 文件。</translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG, BMP, GIF, WebP or TIFF file.</source>
        <translation>请选择 JPEG、PNG、BMP、GIF、WebP 或 TIFF 文件。</translation>
    </message>
    <message>
        <source>Choose a TOML file, written as UTF-8.</source>
        <translation>请选择 UTF-8 编码的 TOML 文件。</translation>
    </message>
    <message>
        <source>Choose a checkpoint of this program, or a file of torch.save(model.state_dict(), path).</source>
        <translation>请选择本程序的检查点，或由 torch.save(model.state_dict(), path) 保存的文件。</translation>
    </message>
    <message>
        <source>Choose a file inside it.</source>
        <translation>请选择其中的文件。</translation>
    </message>
    <message>
        <source>Choose a folder of images that you may read.</source>
        <translation>请选择你有读取权限的图像文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder that holds JPEG, PNG, BMP, GIF, WebP or TIFF files.</source>
        <translation>请选择含有 JPEG、PNG、BMP、GIF、WebP 或 TIFF 文件的文件夹。</translation>
    </message>
    <message>
        <source>Choose a layer that gives maps.</source>
        <translation>请选择输出特征图的层。</translation>
    </message>
    <message>
        <source>Choose a model for pictures of 3 channels, or of 1.</source>
        <translation>请选择处理 3 通道或 1 通道图像的模型。</translation>
    </message>
    <message>
        <source>Choose a shorter pattern, with {{index}} for example.</source>
        <translation>请选择更短的模式，例如使用 {{index}}。</translation>
    </message>
    <message>
        <source>Choose a smaller number.</source>
        <translation>请选择更小的数。</translation>
    </message>
    <message>
        <source>Choose a smaller size.</source>
        <translation>请选择更小的尺寸。</translation>
    </message>
    <message>
        <source>Choose a text file with a name a line, written as UTF-8.</source>
        <translation>请选择每行一个名称、UTF-8 编码的文本文件。</translation>
    </message>
    <message>
        <source>Choose an empty folder, or say whether existing files are kept or replaced.</source>
        <translation>请选择空文件夹，或指明已有的文件是保留还是替换。</translation>
    </message>
    <message>
        <source>Choose another checkpoint of the run.</source>
        <translation>请选择这次训练的其他检查点。</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>请选择其他文件。</translation>
    </message>
    <message>
        <source>Choose another folder for the results.</source>
        <translation>请为结果选择其他文件夹。</translation>
    </message>
    <message>
        <source>Choose another folder, or allow it: it is then no source.</source>
        <translation>请选择其他文件夹，或允许这样做：此时它不算作来源。</translation>
    </message>
    <message>
        <source>Choose another layer, or a model that was trained well.</source>
        <translation>请选择其他层，或训练得好的模型。</translation>
    </message>
    <message>
        <source>Choose another layer.</source>
        <translation>请选择其他层。</translation>
    </message>
    <message>
        <source>Choose another model, or change the image size with Resize.</source>
        <translation>请选择其他模型，或用 Resize 改变图像尺寸。</translation>
    </message>
    <message>
        <source>Choose another part or another data set.</source>
        <translation>请选择其他部分或其他数据集。</translation>
    </message>
    <message>
        <source>Choose as root the folder that its paths start from.</source>
        <translation>请把其中路径的起始文件夹选为 root。</translation>
    </message>
    <message>
        <source>Choose at least {fewest}.</source>
        <translation>请至少选择 {fewest} 张。</translation>
    </message>
    <message>
        <source>Choose fewer images, or a layer with fewer outputs.</source>
        <translation>请减少图像，或选择输出更少的层。</translation>
    </message>
    <message>
        <source>Choose the data set it was trained with.</source>
        <translation>请选择训练时所用的数据集。</translation>
    </message>
    <message>
        <source>Choose the layout that says where the labels are, or label images on the Datasets tab.</source>
        <translation>请选择能指明标签位置的读取方式，或在「数据集」页给图像加标签。</translation>
    </message>
    <message>
        <source>Choose the model and the number of classes they were saved with.</source>
        <translation>请选择保存时所用的模型和类别数。</translation>
    </message>
    <message>
        <source>Choose uint8 or a floating point type.</source>
        <translation>请选择 uint8 或浮点类型。</translation>
    </message>
    <message>
        <source>Classes missing from a part</source>
        <translation>某一部分缺少的类别</translation>
    </message>
    <message>
        <source>Classes of very different size</source>
        <translation>各类数量悬殊</translation>
    </message>
    <message>
        <source>Classes unknown in training</source>
        <translation>训练中没有的类别</translation>
    </message>
    <message>
        <source>Classes with one image</source>
        <translation>只有一张图像的类别</translation>
    </message>
    <message>
        <source>Classes without images</source>
        <translation>没有图像的类别</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>请重新复制或下载。</translation>
    </message>
    <message>
        <source>Correct that line.</source>
        <translation>请改正这一行。</translation>
    </message>
    <message>
        <source>Corrections of images that are gone</source>
        <translation>对已不存在图像的修正</translation>
    </message>
    <message>
        <source>Delete it and download again.</source>
        <translation>请删除它，再重新下载。</translation>
    </message>
    <message>
        <source>Delete it and download the data set again.</source>
        <translation>请删除它，再重新下载数据集。</translation>
    </message>
    <message>
        <source>Delete the folder yourself if you no longer need it.</source>
        <translation>如果不再需要这个文件夹，请自行删除。</translation>
    </message>
    <message>
        <source>Did you mean {allowed}?</source>
        <translation>是不是想写 {allowed}？</translation>
    </message>
    <message>
        <source>Divide it by 255, or move the step before ToTensor.</source>
        <translation>请把它除以 255，或把这一步移到 ToTensor 之前。</translation>
    </message>
    <message>
        <source>Divide them by 255.</source>
        <translation>请把它们除以 255。</translation>
    </message>
    <message>
        <source>Download again, or fetch the file by other means and put it into {path}.</source>
        <translation>请重新下载，或用其他方式取得该文件，放到 {path}。</translation>
    </message>
    <message>
        <source>Download it, choose the folder that has it, or put the files into {path}.</source>
        <translation>请下载它，选择存放它的文件夹，或把文件放到 {path}。</translation>
    </message>
    <message>
        <source>Drop images, or a folder that holds some.</source>
        <translation>请拖入图像，或含有图像的文件夹。</translation>
    </message>
    <message>
        <source>EMNIST&apos;s files hold the images with rows and columns exchanged; torchvision shows them so too.</source>
        <translation>EMNIST 文件中图像的行和列是对调的，torchvision 也照样显示。</translation>
    </message>
    <message>
        <source>Each group needs as many channels as the others.</source>
        <translation>每组的通道数必须相同。</translation>
    </message>
    <message>
        <source>Each source split by itself: {train} images for training, {test} for test.</source>
        <translation>每个数据来源各自划分：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>Empty files</source>
        <translation>空文件</translation>
    </message>
    <message>
        <source>Examples: {label}_* for cat_01.jpg, {label}_# for red_panda_01.jpg; * stands for anything, ? for one character, # for digits.</source>
        <translation>例如：cat_01.jpg 用 {label}_*，red_panda_01.jpg 用 {label}_#；* 代表任意内容，? 代表一个字符，# 代表数字。</translation>
    </message>
    <message>
        <source>Expected: ants_image/*.jpg with ants_label/*.txt, so for each class, directly or in train and test.</source>
        <translation>需要的结构：ants_image/*.jpg 和 ants_label/*.txt，每类都如此，直接放置或放在 train 和 test 中。</translation>
    </message>
    <message>
        <source>Expected: one line for each image, such as ants/001.jpg,ants; the first line may name the columns.</source>
        <translation>需要的格式：每张图像一行，例如 ants/001.jpg,ants；第一行可以是列名。</translation>
    </message>
    <message>
        <source>Expected: train/&lt;class&gt;/*.jpg and test/&lt;class&gt;/*.jpg (or val), or &lt;class&gt;/*.jpg directly.</source>
        <translation>需要的结构：train/&lt;类别&gt;/*.jpg 和 test/&lt;类别&gt;/*.jpg（或 val），或直接 &lt;类别&gt;/*.jpg。</translation>
    </message>
    <message>
        <source>Folders with the name of an image</source>
        <translation>名称像图像的文件夹</translation>
    </message>
    <message>
        <source>Free some space or choose a folder you may write to.</source>
        <translation>请腾出一些空间，或选择有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>Free some space, then resume the run.</source>
        <translation>请腾出一些空间，然后接着训练。</translation>
    </message>
    <message>
        <source>Free {missing}, or choose a data folder on another disk.</source>
        <translation>请腾出 {missing}，或选择其他磁盘上的数据文件夹。</translation>
    </message>
    <message>
        <source>Get the file again.</source>
        <translation>请重新取得这个文件。</translation>
    </message>
    <message>
        <source>Give as many names as outputs.</source>
        <translation>名称的个数应与输出的个数相同。</translation>
    </message>
    <message>
        <source>Give it a height and a width.</source>
        <translation>请同时给出高和宽。</translation>
    </message>
    <message>
        <source>Give it images of the size and channels it was made for.</source>
        <translation>请输入尺寸和通道数与它相符的图像。</translation>
    </message>
    <message>
        <source>Give it images with {channels} channels, or choose another model.</source>
        <translation>请输入 {channels} 个通道的图像，或选择其他模型。</translation>
    </message>
    <message>
        <source>Give its images labels on the Datasets tab, or choose another data set.</source>
        <translation>请在「数据集」页给它的图像加标签，或选择其他数据集。</translation>
    </message>
    <message>
        <source>Give larger images, or change the layer&apos;s parameters.</source>
        <translation>请输入更大的图像，或修改这一层的参数。</translation>
    </message>
    <message>
        <source>Give one number for all channels.</source>
        <translation>请只给一个数，用于所有通道。</translation>
    </message>
    <message>
        <source>Give one number per channel.</source>
        <translation>请给每个通道一个数。</translation>
    </message>
    <message>
        <source>Give one number per step that is switched on, not all of them 0.</source>
        <translation>请给每个启用的步骤一个数，且不能全为 0。</translation>
    </message>
    <message>
        <source>Give the input as many channels, or another upscale_factor.</source>
        <translation>请让输入的通道数能被整除，或换一个 upscale_factor。</translation>
    </message>
    <message>
        <source>Give the name of a column, or its number from 1.</source>
        <translation>请给出列名，或从 1 开始的列序号。</translation>
    </message>
    <message>
        <source>Give the sizes of the last dimensions: {last}.</source>
        <translation>请给出最后几个维度的尺寸：{last}。</translation>
    </message>
    <message>
        <source>Grayscale gives one channel, but Normalize after it has three numbers.</source>
        <translation>Grayscale 得到一个通道，而后面的 Normalize 有三个数。</translation>
    </message>
    <message>
        <source>How near copies were told apart</source>
        <translation>近似重复的判定标准</translation>
    </message>
    <message>
        <source>Images left out: {count}.</source>
        <translation>已排除 {count} 张图像。</translation>
    </message>
    <message>
        <source>Images of mode {mode} cannot be converted to RGB.</source>
        <extracomment>Values of deep pictures that are converted in one go.</extracomment>
        <translation>{mode} 模式的图像无法转换为 RGB。</translation>
    </message>
    <message>
        <source>Images of one batch differ in size: {first} is {size}, {second} {other_size}.</source>
        <translation>同一批次的图像尺寸不同：{first} 是 {size}，{second} 是 {other_size}。</translation>
    </message>
    <message>
        <source>Images that are listed twice</source>
        <translation>重复列出的图像</translation>
    </message>
    <message>
        <source>Images that cannot be read</source>
        <extracomment>What each kind of finding is called, in the order of a report.</extracomment>
        <translation>无法读取的图像</translation>
    </message>
    <message>
        <source>Images times maps must be a multiple of 3.</source>
        <translation>图像数乘以特征图数必须是 3 的倍数。</translation>
    </message>
    <message>
        <source>Images too large to be decoded</source>
        <translation>大到无法解码的图像</translation>
    </message>
    <message>
        <source>Images without a label</source>
        <translation>无标签的图像</translation>
    </message>
    <message>
        <source>Images, folders of images, .csv tables, .pth and .pt checkpoints and .toml experiments can be opened.</source>
        <translation>可以打开图像、图像文件夹、.csv 表格、.pth 和 .pt 检查点，以及 .toml 实验。</translation>
    </message>
    <message>
        <source>In a spreadsheet program, save it as CSV UTF-8.</source>
        <translation>请在电子表格软件中把它存为 CSV UTF-8。</translation>
    </message>
    <message>
        <source>Install a newer version of the program.</source>
        <translation>请安装新版本的程序。</translation>
    </message>
    <message>
        <source>Install both from the same place: pip install --upgrade torch torchvision. The command tudui-gui doctor tells more.</source>
        <translation>请从同一来源安装两者：pip install --upgrade torch torchvision。命令 tudui-gui doctor 会说明更多。</translation>
    </message>
    <message>
        <source>Install scikit-learn again.</source>
        <translation>请重新安装 scikit-learn。</translation>
    </message>
    <message>
        <source>Interpolation</source>
        <translation>插值方式</translation>
    </message>
    <message>
        <source>It has {allowed}.</source>
        <translation>它的参数有 {allowed}。</translation>
    </message>
    <message>
        <source>It may have been moved, renamed or deleted.</source>
        <translation>它可能已被移动、重命名或删除。</translation>
    </message>
    <message>
        <source>It may have been removed elsewhere.</source>
        <translation>它可能已在别处被删除。</translation>
    </message>
    <message>
        <source>It must be smaller than the number of images.</source>
        <translation>它必须小于图像的数量。</translation>
    </message>
    <message>
        <source>It stands behind the loader, not in a pipeline: leave it out.</source>
        <translation>它用在 DataLoader 之后，不属于流水线：请去掉它。</translation>
    </message>
    <message>
        <source>It takes none.</source>
        <translation>它没有参数。</translation>
    </message>
    <message>
        <source>It usually comes last.</source>
        <translation>它通常放在最后。</translation>
    </message>
    <message>
        <source>Its images were of another size: train with Resize in the transforms.</source>
        <translation>它训练时的图像尺寸不同：训练时请在图像变换中加上 Resize。</translation>
    </message>
    <message>
        <source>Its own parts: {train} images for training, {test} for test.</source>
        <translation>使用自带的划分：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>Its training diverged: choose an earlier checkpoint, or train with a lower lr.</source>
        <translation>训练发散了：请选择更早的检查点，或用更小的 lr 训练。</translation>
    </message>
    <message>
        <source>JPEG files alone can be opened reduced.</source>
        <translation>只有 JPEG 文件可以缩小打开。</translation>
    </message>
    <message>
        <source>Labels without an image</source>
        <translation>没有图像的标签</translation>
    </message>
    <message>
        <source>Layer {layer} ({type}) cannot process an input of shape {shape}.</source>
        <translation>第 {layer} 层 ({type}) 无法处理形状为 {shape} 的输入。</translation>
    </message>
    <message>
        <source>Layer {layer} ({type}) expects {expected} channels, but gets {given}.</source>
        <translation>第 {layer} 层 ({type}) 需要 {expected} 个通道，却得到 {given} 个。</translation>
    </message>
    <message>
        <source>Layer {layer} ({type}) expects {expected} numbers per image, but gets {given}.</source>
        <translation>第 {layer} 层 ({type}) 需要每张图像 {expected} 个数，却得到 {given} 个。</translation>
    </message>
    <message>
        <source>Layer {layer} ({type}) gives two tensors, but the next layer takes one.</source>
        <translation>第 {layer} 层 ({type}) 给出两个张量，但下一层只接受一个。</translation>
    </message>
    <message>
        <source>Layer {layer} ({type}) needs the indices of a pool: nn.Sequential has none.</source>
        <translation>第 {layer} 层 ({type}) 需要池化层的 indices，而 nn.Sequential 不传递它。</translation>
    </message>
    <message>
        <source>Layer {layer} gives no row for each image.</source>
        <translation>第 {layer} 层没有为每张图像给出一行。</translation>
    </message>
    <message>
        <source>Leave it out. Sub-folders are kept by themselves.</source>
        <translation>请去掉它。子文件夹结构会自动保留。</translation>
    </message>
    <message>
        <source>Leave max_size out, or make it larger than size.</source>
        <translation>请不设 max_size，或让它大于 size。</translation>
    </message>
    <message>
        <source>Leave steps out.</source>
        <translation>去掉一些步骤。</translation>
    </message>
    <message>
        <source>Let Grayscale give 3 equal channels, or normalise with one number.</source>
        <translation>请让 Grayscale 输出 3 个相同的通道，或只用一个数做 Normalize。</translation>
    </message>
    <message>
        <source>Let a crop or a Resize to height and width follow.</source>
        <translation>请在后面加上裁剪，或同时给出高和宽的 Resize。</translation>
    </message>
    <message>
        <source>Line {line}: this is not Python.</source>
        <translation>第 {line} 行：这不是 Python。</translation>
    </message>
    <message>
        <source>Line {line}: what {name} is after this, only running the text could tell.</source>
        <translation>第 {line} 行：此后 {name} 是什么，只有运行这段代码才知道。</translation>
    </message>
    <message>
        <source>Line {line}: what {name} is does not stand in this text.</source>
        <translation>第 {line} 行：这段文本没有说明 {name} 是什么。</translation>
    </message>
    <message>
        <source>Line {line}: {name} is a class and not called.</source>
        <translation>第 {line} 行：{name} 是一个类，但没有调用。</translation>
    </message>
    <message>
        <source>Line {line}: {name} is not among the transforms here.</source>
        <translation>第 {line} 行：{name} 不在这里的图像变换中。</translation>
    </message>
    <message>
        <source>Line {line}: {name} is not torchvision&apos;s.</source>
        <translation>第 {line} 行：{name} 不是 torchvision 的。</translation>
    </message>
    <message>
        <source>Line {line}: {name} mixes the images of a batch.</source>
        <extracomment>PIL&apos;s numbers of its filters, which older scripts give as ``interpolation``.</extracomment>
        <translation>第 {line} 行：{name} 会混合一个批次中的图像。</translation>
    </message>
    <message>
        <source>Line {line}: {operation} does not take these arguments.</source>
        <translation>第 {line} 行：{operation} 不接受这些参数。</translation>
    </message>
    <message>
        <source>Line {line}: {operation} has no argument {name}.</source>
        <translation>第 {line} 行：{operation} 没有参数 {name}。</translation>
    </message>
    <message>
        <source>Line {line}: {reason}</source>
        <translation>第 {line} 行：{reason}</translation>
    </message>
    <message>
        <source>Line {line}: {text} cannot be taken over: {reason}.</source>
        <translation>第 {line} 行：无法导入 {text}：{reason}。</translation>
    </message>
    <message>
        <source>Line {line}: {value} is no transform.</source>
        <translation>第 {line} 行：{value} 不是图像变换。</translation>
    </message>
    <message>
        <source>Links that lead in a circle</source>
        <translation>循环的链接</translation>
    </message>
    <message>
        <source>Links that lead nowhere</source>
        <translation>失效的链接</translation>
    </message>
    <message>
        <source>Look at it as one layer, or take it out of the chain.</source>
        <translation>请把它作为单独一层查看，或从层的串联中去掉。</translation>
    </message>
    <message>
        <source>Look at this image on the Transforms tab.</source>
        <translation>请到「图像变换」页查看这张图像。</translation>
    </message>
    <message>
        <source>Look for the layer that gives infinity or NaN.</source>
        <translation>请找出输出无穷大或 NaN 的那一层。</translation>
    </message>
    <message>
        <source>Lower batch_size, make the images smaller, or take a smaller model.</source>
        <translation>请减小 batch_size、缩小图像，或换用更小的模型。</translation>
    </message>
    <message>
        <source>Lower batch_size, or set drop_last = false.</source>
        <translation>请减小 batch_size，或设置 drop_last = false。</translation>
    </message>
    <message>
        <source>Lower optimizer.lr (it was {lr}) and start again.</source>
        <translation>请减小 optimizer.lr（原来是 {lr}）后重新开始。</translation>
    </message>
    <message>
        <source>Make it an RGB picture before.</source>
        <translation>请先把它变成 RGB 图像。</translation>
    </message>
    <message>
        <source>Make it smaller in an image editor, or close other programs.</source>
        <translation>请在图像编辑软件中把它缩小，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Make it smaller in an image editor.</source>
        <translation>请在图像编辑软件中把它缩小。</translation>
    </message>
    <message>
        <source>Make it smaller than num_magnitude_bins.</source>
        <translation>请让它小于 num_magnitude_bins。</translation>
    </message>
    <message>
        <source>Make its output smaller, or open a smaller picture.</source>
        <translation>请减小它的输出，或打开更小的图像。</translation>
    </message>
    <message>
        <source>Make kernel_size larger.</source>
        <translation>请增大 kernel_size。</translation>
    </message>
    <message>
        <source>Make kernel_size or dilation smaller, or padding larger.</source>
        <translation>请减小 kernel_size 或 dilation，或增大 padding。</translation>
    </message>
    <message>
        <source>Make max_size larger than min_size.</source>
        <translation>请让 max_size 大于 min_size。</translation>
    </message>
    <message>
        <source>Make output_padding smaller.</source>
        <translation>请减小 output_padding。</translation>
    </message>
    <message>
        <source>Make padding smaller, or choose another padding_mode.</source>
        <translation>请减小 padding，或选择其他 padding_mode。</translation>
    </message>
    <message>
        <source>Make padding smaller, or kernel_size larger.</source>
        <translation>请减小 padding，或增大 kernel_size。</translation>
    </message>
    <message>
        <source>Make padding smaller, or the input larger.</source>
        <translation>请减小 padding，或增大输入。</translation>
    </message>
    <message>
        <source>Make size smaller, or put Resize before it.</source>
        <translation>请减小 size，或在它前面加上 Resize。</translation>
    </message>
    <message>
        <source>Make the input float32, or choose a layer or a loss.</source>
        <translation>请把输入改为 float32，或选择网络层或损失函数。</translation>
    </message>
    <message>
        <source>Make the input float32: torch.tensor(..., dtype=torch.float32).</source>
        <translation>请把输入改为 float32：torch.tensor(..., dtype=torch.float32)。</translation>
    </message>
    <message>
        <source>Make {parameter} smaller, or put Resize before it.</source>
        <translation>请减小 {parameter}，或在它前面加上 Resize。</translation>
    </message>
    <message>
        <source>Many images are alike by nature: only those that correlate by {bar} or more count as almost the same.</source>
        <translation>许多图像本来就相像：相关系数不低于 {bar} 的才算几乎相同。</translation>
    </message>
    <message>
        <source>Missing files</source>
        <translation>缺失的文件</translation>
    </message>
    <message>
        <source>Mixing needs at least two pictures.</source>
        <extracomment>What a batch may take of the memory; mixing takes it three times. Called with how many pictures are done, and how many there are.</extracomment>
        <translation>混合至少需要两张图像。</translation>
    </message>
    <message>
        <source>Move it before ToTensor, or choose another interpolation.</source>
        <translation>请把它移到 ToTensor 之前，或选择其他 interpolation。</translation>
    </message>
    <message>
        <source>Move it before ToTensor, where the picture has bytes.</source>
        <translation>请把它移到 ToTensor 之前，那里的图像还是字节 (uint8)。</translation>
    </message>
    <message>
        <source>Move it before {maker}, or use ToImage and ToDtype, which take several.</source>
        <translation>请把它移到 {maker} 之前，或改用能接受多张图像的 ToImage 和 ToDtype。</translation>
    </message>
    <message>
        <source>Move it before {maker}.</source>
        <translation>请把它移到 {maker} 之前。</translation>
    </message>
    <message>
        <source>Move the file away to open the data set without corrections.</source>
        <translation>请移走该文件，即可不带修正打开数据集。</translation>
    </message>
    <message>
        <source>No batch is full: training.batch_size is {size}, but there are {train} training images.</source>
        <translation>没有一个完整的批次：training.batch_size 是 {size}，而训练图像只有 {train} 张。</translation>
    </message>
    <message>
        <source>No image of {dataset} has a label: there is nothing to train on.</source>
        <translation>{dataset} 的图像都没有标签：没有可以训练的内容。</translation>
    </message>
    <message>
        <source>No image with a label: nothing for training or test.</source>
        <translation>没有带标签的图像：训练和测试都没有内容。</translation>
    </message>
    <message>
        <source>None of the {count} files that {path} lists is there, such as {first}.</source>
        <translation>{path} 列出的 {count} 个文件都不存在，例如 {first}。</translation>
    </message>
    <message>
        <source>Normalize</source>
        <translation>Normalize</translation>
    </message>
    <message>
        <source>Normalize after it, on the tensor that is made in the end.</source>
        <translation>请在它之后，对最后得到的张量做 Normalize。</translation>
    </message>
    <message>
        <source>Normalize has {mean} numbers in mean and {std} in std, but the tensor has {channels} channels.</source>
        <translation>Normalize 的 mean 有 {mean} 个数、std 有 {std} 个数，而张量有 {channels} 个通道。</translation>
    </message>
    <message>
        <source>Normalize is usually the last step.</source>
        <translation>Normalize 通常是最后一步。</translation>
    </message>
    <message>
        <source>Normalize stands before {later}, which is for values from 0 to 1 and cuts off or spoils others.</source>
        <translation>Normalize 在 {later} 之前，而后者用于 0 到 1 的值，会截断或破坏其他值。</translation>
    </message>
    <message>
        <source>Normalize stands before {later}: each pixel is normalised, and new ones are made of them.</source>
        <translation>Normalize 在 {later} 之前：每个像素都已归一化，新像素要由归一化后的像素算出。</translation>
    </message>
    <message>
        <source>Normalize stands before {later}: its border of 0 is then the mean colour, not black.</source>
        <translation>Normalize 在 {later} 之前：此时值为 0 的边框是平均颜色，不是黑色。</translation>
    </message>
    <message>
        <source>Normalize&apos;s numbers are for values 0 to 255, but the tensor has 0 to 1.</source>
        <translation>Normalize 的数针对 0 到 255 的值，而张量的值是 0 到 1。</translation>
    </message>
    <message>
        <source>One Normalize is enough.</source>
        <translation>一个 Normalize 就够了。</translation>
    </message>
    <message>
        <source>One feature of each image is too little to be laid out in a plane.</source>
        <translation>每张图像只有一个特征，不足以排布到平面上。</translation>
    </message>
    <message>
        <source>One of {first} and {second} has to be given, the other not.</source>
        <translation>{first} 和 {second} 必须给出其中一个，另一个不给。</translation>
    </message>
    <message>
        <source>Only models that take a single batch of images can be shown.</source>
        <translation>只能显示输入为一批图像的模型。</translation>
    </message>
    <message>
        <source>Only one class</source>
        <translation>只有一个类别</translation>
    </message>
    <message>
        <source>Only transforms of torchvision can be taken over.</source>
        <translation>只能导入 torchvision 的图像变换。</translation>
    </message>
    <message>
        <source>Open another picture.</source>
        <translation>请打开其他图像。</translation>
    </message>
    <message>
        <source>Open more pictures, or take those of the data set.</source>
        <translation>请打开更多图像，或使用数据集的图像。</translation>
    </message>
    <message>
        <source>OpenCV reads blue, green, red: {step} takes blue for red.</source>
        <translation>OpenCV 按蓝、绿、红读取：{step} 会把蓝色当作红色。</translation>
    </message>
    <message>
        <source>OpenCV {version} cannot read {path} ({format}, mode {mode}).</source>
        <translation>OpenCV {version} 无法读取 {path}（{format}，模式 {mode}）。</translation>
    </message>
    <message>
        <source>Other interpolations give sharper or smoother pictures.</source>
        <translation>插值方式不同，图像会更锐利或更平滑。</translation>
    </message>
    <message>
        <source>Other remarks</source>
        <translation>其他提示</translation>
    </message>
    <message>
        <source>Overwrite it, or choose another name.</source>
        <translation>请覆盖它，或换一个名称。</translation>
    </message>
    <message>
        <source>PIL image</source>
        <translation>PIL 图像</translation>
    </message>
    <message>
        <source>Paste a Compose([...]), a list of transforms, or calls such as Resize(256).</source>
        <translation>请粘贴 Compose([...])、变换的列表，或 Resize(256) 这样的调用。</translation>
    </message>
    <message>
        <source>Pictures of one image</source>
        <translation>每张图像得到几张</translation>
    </message>
    <message>
        <source>Possible: {allowed}, numbers also with a width, as in {{copy:03}}.</source>
        <translation>可用的有：{allowed}；数字还可以指定位数，例如 {{copy:03}}。</translation>
    </message>
    <message>
        <source>Put ConvertImageDtype at its end.</source>
        <translation>请在它的最后加上 ConvertImageDtype。</translation>
    </message>
    <message>
        <source>Put ConvertImageDtype before it.</source>
        <translation>请在它前面加上 ConvertImageDtype。</translation>
    </message>
    <message>
        <source>Put ConvertImageDtype before it; it also divides by 255.</source>
        <translation>请在它前面加上 ConvertImageDtype，它还会除以 255。</translation>
    </message>
    <message>
        <source>Put Resize before it.</source>
        <translation>请在它前面加上 Resize。</translation>
    </message>
    <message>
        <source>Put Resize with size [{height}, {width}] into the transforms, or choose another model.</source>
        <translation>请在图像变换中加上 size 为 [{height}, {width}] 的 Resize，或选择其他模型。</translation>
    </message>
    <message>
        <source>Put Sigmoid before it, or use BCEWithLogitsLoss.</source>
        <translation>请在它前面加上 Sigmoid，或改用 BCEWithLogitsLoss。</translation>
    </message>
    <message>
        <source>Put ToPILImage or ToTensor before it.</source>
        <translation>请在它前面加上 ToPILImage 或 ToTensor。</translation>
    </message>
    <message>
        <source>Put ToPILImage, ToImage or ToTensor before it.</source>
        <translation>请在它前面加上 ToPILImage、ToImage 或 ToTensor。</translation>
    </message>
    <message>
        <source>Put ToTensor before it.</source>
        <translation>请在它前面加上 ToTensor。</translation>
    </message>
    <message>
        <source>Put ToTensor into it.</source>
        <translation>请在其中加上 ToTensor。</translation>
    </message>
    <message>
        <source>Put it before the step that makes several.</source>
        <translation>请把它放在得到多张图像的步骤之前。</translation>
    </message>
    <message>
        <source>Put the file back, or empty dataset.edits to go on without corrections.</source>
        <translation>请把文件放回原处，或清空 dataset.edits，不带修正继续。</translation>
    </message>
    <message>
        <source>Put the file right or delete it.</source>
        <translation>请改正这个文件，或删除它。</translation>
    </message>
    <message>
        <source>Put {swap} before it.</source>
        <translation>请在它前面加上 {swap}。</translation>
    </message>
    <message>
        <source>Put {{ending}}, {{index}} or a separator such as _ into the pattern.</source>
        <translation>请在模式中加上 {{ending}}、{{index}} 或 _ 等分隔符。</translation>
    </message>
    <message>
        <source>PyTorch and torchvision do not fit each other.</source>
        <extracomment>objectName of a page -&gt; the module with its ``create(session, jobs)``, in the order of the tabs. How long (s) another thread keeps the interpreter once the window wants it; Python&apos;s own is 0.005. Kept for good: while training, each callback of Qt into Python would wait that long.</extracomment>
        <translation>PyTorch 与 torchvision 的版本不匹配。</translation>
    </message>
    <message>
        <source>RandomErasing is made for the finished tensor, but gets the picture.</source>
        <translation>RandomErasing 用于最后得到的张量，这里得到的却是图像。</translation>
    </message>
    <message>
        <source>RandomResize draws from {smallest} to less than {largest}: there is nothing to draw.</source>
        <translation>RandomResize 从不小于 {smallest}、小于 {largest} 的范围抽取：没有可抽取的值。</translation>
    </message>
    <message>
        <source>Read it with PIL, or save it as PNG.</source>
        <translation>请用 PIL 读取，或把它存为 PNG。</translation>
    </message>
    <message>
        <source>Remove this step, or read the image with OpenCV.</source>
        <translation>请删除这一步，或用 OpenCV 读取图像。</translation>
    </message>
    <message>
        <source>Remove this step.</source>
        <translation>请删除这一步。</translation>
    </message>
    <message>
        <source>Resize would leave no pixel of the shorter edge of this {width}x{height} image.</source>
        <translation>对这张 {width}x{height} 的图像，Resize 会让短边一个像素也不剩。</translation>
    </message>
    <message>
        <source>Resize would make the longer edge of this {width}x{height} image {pixels} pixels long.</source>
        <translation>Resize 会让这张 {width}x{height} 图像的长边变成 {pixels} 像素。</translation>
    </message>
    <message>
        <source>Resize: max_size = {longest} goes with a single number as size, not with {size}.</source>
        <translation>Resize：max_size = {longest} 只能与一个数的 size 一起用，不能与 {size} 一起用。</translation>
    </message>
    <message>
        <source>Resize: max_size = {longest} is for the longer edge, but the shorter one shall be {size}.</source>
        <translation>Resize：max_size = {longest} 限制长边，而短边要变成 {size}。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Resume it with the experiment it was started with.</source>
        <translation>请用开始时的那个实验接着训练。</translation>
    </message>
    <message>
        <source>Resume it, or choose another folder.</source>
        <translation>请接着训练，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>Rows of the table that cannot be used</source>
        <translation>表格中无法使用的行</translation>
    </message>
    <message>
        <source>Same picture in training and test</source>
        <translation>训练和测试中的相同图像</translation>
    </message>
    <message>
        <source>Same picture twice</source>
        <translation>重复的图像</translation>
    </message>
    <message>
        <source>Same picture, different labels</source>
        <translation>相同图像，标签不同</translation>
    </message>
    <message>
        <source>Save it again with torch.save(model.state_dict(), path).</source>
        <translation>请用 torch.save(model.state_dict(), path) 重新保存。</translation>
    </message>
    <message>
        <source>Save it as RGB in an image editor.</source>
        <translation>请在图像编辑软件中把它存为 RGB。</translation>
    </message>
    <message>
        <source>Save it in a file and open that.</source>
        <translation>请把它存为文件，再打开该文件。</translation>
    </message>
    <message>
        <source>Save the numbers instead (.npy).</source>
        <translation>请改为保存数值 (.npy)。</translation>
    </message>
    <message>
        <source>Say which model: {allowed}.</source>
        <translation>请说明是哪个模型：{allowed}。</translation>
    </message>
    <message>
        <source>Say which one in file.</source>
        <translation>请用 file 指明是哪一个。</translation>
    </message>
    <message>
        <source>See whether brackets and quotes are complete.</source>
        <translation>请检查括号和引号是否完整。</translation>
    </message>
    <message>
        <source>Set align_corners to none, or choose another mode.</source>
        <translation>请把 align_corners 设为 none，或选择其他 mode。</translation>
    </message>
    <message>
        <source>Set drop_last = true, or change batch_size.</source>
        <translation>请设置 drop_last = true，或修改 batch_size。</translation>
    </message>
    <message>
        <source>Set one of them to none.</source>
        <translation>请把其中一个设为 none。</translation>
    </message>
    <message>
        <source>Set pad_if_needed, make size smaller, or put Resize before it.</source>
        <translation>请设置 pad_if_needed、减小 size，或在它前面加上 Resize。</translation>
    </message>
    <message>
        <source>Set scale, which divides by 255.</source>
        <translation>请设置 scale，它会除以 255。</translation>
    </message>
    <message>
        <source>Set the root of each: dataset.sources.0.root and so on.</source>
        <translation>请分别设置各自的 root：dataset.sources.0.root 等。</translation>
    </message>
    <message>
        <source>Shapes far from the rest</source>
        <translation>宽高比异常的图像</translation>
    </message>
    <message>
        <source>Size (height × width)</source>
        <translation>尺寸（高 × 宽）</translation>
    </message>
    <message>
        <source>Sizes far from the rest</source>
        <translation>尺寸异常的图像</translation>
    </message>
    <message>
        <source>Something unexpected happened ({kind}).</source>
        <translation>发生了意外错误 ({kind})。</translation>
    </message>
    <message>
        <source>Split it anew, or choose a folder that has some.</source>
        <translation>请重新划分，或选择含有这些图像的文件夹。</translation>
    </message>
    <message>
        <source>Start it anew.</source>
        <translation>请重新开始训练。</translation>
    </message>
    <message>
        <source>Switch its return_indices off.</source>
        <translation>请关闭它的 return_indices。</translation>
    </message>
    <message>
        <source>Take a smaller picture, or put Resize before it.</source>
        <translation>请换用更小的图像，或在它前面加上 Resize。</translation>
    </message>
    <message>
        <source>Take an odd number.</source>
        <translation>请用奇数。</translation>
    </message>
    <message>
        <source>Take fewer pictures.</source>
        <translation>请选少一些图片。</translation>
    </message>
    <message>
        <source>Take some back on the Datasets tab.</source>
        <translation>请在「数据集」页恢复一些图像。</translation>
    </message>
    <message>
        <source>Take the edits back, or choose the layer they were made for.</source>
        <translation>请撤销修改，或选择修改时所在的层。</translation>
    </message>
    <message>
        <source>Take {steps} out of it.</source>
        <translation>请从中去掉 {steps}。</translation>
    </message>
    <message>
        <source>The Transforms tab tells why, and offers a repair.</source>
        <translation>「图像变换」页会说明原因，并提供修复方法。</translation>
    </message>
    <message>
        <source>The bundled digits at {path} cannot be read.</source>
        <translation>无法读取 {path} 处自带的手写数字。</translation>
    </message>
    <message>
        <source>The bundled photograph {path} is missing.</source>
        <translation>缺少自带的照片 {path}。</translation>
    </message>
    <message>
        <source>The chain has no layer that is switched on.</source>
        <translation>层的串联中没有启用的层。</translation>
    </message>
    <message>
        <source>The checkpoint is of another model or of other classes.</source>
        <extracomment>Losses are fetched from the device about this often, in seconds.</extracomment>
        <translation>这个检查点属于其他模型或其他类别。</translation>
    </message>
    <message>
        <source>The checkpoint {path} is incomplete.</source>
        <translation>检查点 {path} 不完整。</translation>
    </message>
    <message>
        <source>The class {name} has a single training image.</source>
        <translation>类别 {name} 只有一张训练图像。</translation>
    </message>
    <message>
        <source>The class {name} has no images.</source>
        <extracomment>The largest class has so many times the training images of the smallest: a note, a warning. A size or shape is far from the rest if its logarithm is farther from the median than so many robust standard deviations (1.4826 times the median of all distances from the median), and at least by these factors: 16 in the number of pixels (4 along each side), 2 in long side to short side (upright or not).</extracomment>
        <translation>类别 {name} 没有图像。</translation>
    </message>
    <message>
        <source>The class {name} has no test images.</source>
        <translation>类别 {name} 没有测试图像。</translation>
    </message>
    <message>
        <source>The class {name} has no training images.</source>
        <translation>类别 {name} 没有训练图像。</translation>
    </message>
    <message>
        <source>The class {name} is not in train: its {count} test images are left out.</source>
        <translation>类别 {name} 不在 train 中：它的 {count} 张测试图像被略去。</translation>
    </message>
    <message>
        <source>The class {name} is not in {part}.</source>
        <translation>类别 {name} 不在 {part} 中。</translation>
    </message>
    <message>
        <source>The classes of {path} are not those of the data set.</source>
        <translation>{path} 的类别与数据集的类别不一致。</translation>
    </message>
    <message>
        <source>The command tudui-gui doctor tells what is missing.</source>
        <translation>命令 tudui-gui doctor 会说明缺少什么。</translation>
    </message>
    <message>
        <source>The corrections in {path} cannot be read.</source>
        <translation>无法读取 {path} 中的修正。</translation>
    </message>
    <message>
        <source>The corrections name {count} images that are not there; they are kept.</source>
        <translation>修正中有 {count} 张图像不存在；这些修正仍会保留。</translation>
    </message>
    <message>
        <source>The data set {name} has no test images.</source>
        <translation>数据集 {name} 没有测试图像。</translation>
    </message>
    <message>
        <source>The data set {name} has {train} training and {test} test images.</source>
        <translation>数据集 {name} 有 {train} 张训练图像和 {test} 张测试图像。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The edited kernel of map {channel} does not fit layer {layer}.</source>
        <translation>特征图 {channel} 修改过的卷积核与 {layer} 层不符。</translation>
    </message>
    <message>
        <source>The experiment has an unknown key {key}.</source>
        <translation>实验中有不认识的键 {key}。</translation>
    </message>
    <message>
        <source>The experiment is not TOML: it ends too early.</source>
        <translation>实验不是正确的 TOML：内容不完整，提前结束了。</translation>
    </message>
    <message>
        <source>The experiment is not TOML: line {line}, column {column}.</source>
        <translation>实验不是正确的 TOML：第 {line} 行，第 {column} 列。</translation>
    </message>
    <message>
        <source>The experiment says nothing about {key}.</source>
        <translation>实验中没有给出 {key}。</translation>
    </message>
    <message>
        <source>The experiment {path} cannot be read.</source>
        <translation>无法读取实验 {path}。</translation>
    </message>
    <message>
        <source>The features of {count:,} images are not all finite numbers.</source>
        <translation>{count:,} 张图像的特征中有非有限的数。</translation>
    </message>
    <message>
        <source>The first layer takes as many channels as in training.</source>
        <translation>第一层需要的通道数与训练时相同。</translation>
    </message>
    <message>
        <source>The folder {path} cannot be read.</source>
        <extracomment>Memory for the pictures and tensors that are worked on at once.</extracomment>
        <translation>无法读取文件夹 {path}。</translation>
    </message>
    <message>
        <source>The images of {name} have no labels: there is nothing to learn from.</source>
        <translation>{name} 的图像没有标签：没有可以学习的内容。</translation>
    </message>
    <message>
        <source>The layer gives {count} tensors; the first is shown.</source>
        <extracomment>Of a layer that gives several tensors.</extracomment>
        <translation>这一层给出 {count} 个张量，显示的是第一个。</translation>
    </message>
    <message>
        <source>The layer {layer} is not used when the model runs.</source>
        <translation>模型运行时没有用到 {layer} 层。</translation>
    </message>
    <message>
        <source>The loss became {loss} at step {step}: the training diverged.</source>
        <translation>第 {step} 步时损失变成了 {loss}：训练发散了。</translation>
    </message>
    <message>
        <source>The memory is not enough for this training.</source>
        <translation>内存不足，无法进行这次训练。</translation>
    </message>
    <message>
        <source>The model cannot process this input.</source>
        <translation>模型无法处理这个输入。</translation>
    </message>
    <message>
        <source>The model gives values that are not finite numbers.</source>
        <extracomment>Methods and where features come from. Parts of a data set in the order of their numbers in :attr:`Embedded.parts`. Most images that are laid out at once.</extracomment>
        <translation>模型给出的值中有非有限的数。</translation>
    </message>
    <message>
        <source>The model has no Linear layer.</source>
        <translation>模型没有 Linear 层。</translation>
    </message>
    <message>
        <source>The model has no layer named {layer}.</source>
        <extracomment>Numbers of maps whose statistics are computed together.</extracomment>
        <translation>模型中没有名为 {layer} 的层。</translation>
    </message>
    <message>
        <source>The model takes one channel: the picture was made gray.</source>
        <extracomment>Longer side of what goes into a layer or a chain, in pixels.</extracomment>
        <translation>模型只接受一个通道：已把图像转为灰度。</translation>
    </message>
    <message>
        <source>The model takes one picture of each image.</source>
        <translation>对每张图像，流水线只能给模型一张。</translation>
    </message>
    <message>
        <source>The model takes tensors.</source>
        <translation>模型接受的是张量。</translation>
    </message>
    <message>
        <source>The model takes {count} inputs at once: {names}.</source>
        <translation>模型需要同时给出 {count} 个输入：{names}。</translation>
    </message>
    <message>
        <source>The model takes {expected} channels, but a picture has 3.</source>
        <translation>模型需要 {expected} 个通道，而图像有 3 个。</translation>
    </message>
    <message>
        <source>The model would see colours it was not trained with.</source>
        <translation>模型看到的颜色会与训练时不同。</translation>
    </message>
    <message>
        <source>The model would see things larger or smaller, or cannot take them at all.</source>
        <translation>模型看到的物体会偏大或偏小，或者根本无法处理。</translation>
    </message>
    <message>
        <source>The model would see values it was not trained with.</source>
        <translation>模型看到的值会与训练时不同。</translation>
    </message>
    <message>
        <source>The model {model} cannot be built for {classes} classes.</source>
        <translation>无法为 {classes} 个类别构建模型 {model}。</translation>
    </message>
    <message>
        <source>The model {model} cannot take an image of shape {given}.</source>
        <translation>模型 {model} 无法接受形状为 {given} 的图像。</translation>
    </message>
    <message>
        <source>The model {model} cannot take images of shape {given}.</source>
        <translation>模型 {model} 无法接受形状为 {given} 的图像。</translation>
    </message>
    <message>
        <source>The model {model} expects images of shape {expected}, but they have shape {given}.</source>
        <translation>模型 {model} 需要形状为 {expected} 的图像，而实际形状是 {given}。</translation>
    </message>
    <message>
        <source>The model {model} gives no probabilities: its output is NaN.</source>
        <translation>模型 {model} 给不出概率：它的输出是 NaN。</translation>
    </message>
    <message>
        <source>The model {model} gives {shape} for an image instead of {classes} numbers.</source>
        <translation>对一张图像，模型 {model} 给出的是 {shape}，而不是 {classes} 个数。</translation>
    </message>
    <message>
        <source>The model&apos;s test transforms cannot take this picture.</source>
        <translation>模型的测试变换无法处理这张图像。</translation>
    </message>
    <message>
        <source>The name {name} is too long for a file.</source>
        <translation>名称 {name} 太长，不能用作文件名。</translation>
    </message>
    <message>
        <source>The pattern {pattern} gives no usable name: it is empty, hidden or ends in a stop.</source>
        <translation>模式 {pattern} 得不到可用的名称：名称为空、是隐藏文件或以句点结尾。</translation>
    </message>
    <message>
        <source>The pattern {pattern} needs {field}: {why}.</source>
        <translation>模式 {pattern} 需要 {field}：{why}。</translation>
    </message>
    <message>
        <source>The picture that was dropped or pasted cannot be read.</source>
        <extracomment>Rows that are compared at the most. Longest edge of a tile&apos;s picture.</extracomment>
        <translation>拖入或粘贴的图像无法读取。</translation>
    </message>
    <message>
        <source>The pipeline ends in whole numbers 0 to 255; a model needs floats, 0 to 1.</source>
        <translation>流水线最后得到 0 到 255 的整数，而模型需要 0 到 1 的浮点数。</translation>
    </message>
    <message>
        <source>The process that computes t-SNE ended without a result.</source>
        <translation>计算 t-SNE 的进程没有给出结果就结束了。</translation>
    </message>
    <message>
        <source>The program goes on; the log (F12) has the details.</source>
        <translation>程序会继续运行，详情见日志 (F12)。</translation>
    </message>
    <message>
        <source>The run {path} has no checkpoint to resume from.</source>
        <translation>训练 {path} 没有检查点，无法接着训练。</translation>
    </message>
    <message>
        <source>The same image would get another answer each time.</source>
        <translation>同一张图像每次会得到不同的结果。</translation>
    </message>
    <message>
        <source>The same picture has different labels, {labels}: {images}.</source>
        <translation>相同的图像标签不同，{labels}：{images}。</translation>
    </message>
    <message>
        <source>The same picture is for training and for test: {images}.</source>
        <extracomment>Part and index of an image.</extracomment>
        <translation>相同的图像既用于训练又用于测试：{images}。</translation>
    </message>
    <message>
        <source>The settings of {key} do not go together.</source>
        <translation>{key} 的设置互相矛盾。</translation>
    </message>
    <message>
        <source>The sizes must multiply to as many numbers as there are; dimensions must exist.</source>
        <translation>各尺寸之积必须等于数的总个数；所用的维度必须存在。</translation>
    </message>
    <message>
        <source>The sources of the data set have no folder in common to replace.</source>
        <translation>数据集的各个来源没有可以替换的共同文件夹。</translation>
    </message>
    <message>
        <source>The test transforms cannot take an image of {dataset}.</source>
        <translation>测试变换无法处理 {dataset} 的图像。</translation>
    </message>
    <message>
        <source>The test transforms cannot take an image of {width}x{height}.</source>
        <translation>测试变换无法处理 {width}x{height} 的图像。</translation>
    </message>
    <message>
        <source>The training cannot go on.</source>
        <translation>训练无法继续。</translation>
    </message>
    <message>
        <source>The transforms cannot be applied to {image}.</source>
        <extracomment>From so many files on, decoding them in threads pays.</extracomment>
        <translation>图像变换无法应用于 {image}。</translation>
    </message>
    <message>
        <source>The transforms end with {kind}, but training needs a tensor.</source>
        <translation>图像变换的结果是 {kind}，而训练需要张量。</translation>
    </message>
    <message>
        <source>The transforms give tensors of different sizes: picture 1 {first}, picture {number} {other}. A batch has one size.</source>
        <translation>图像变换得到的张量尺寸不同：第 1 张图像是 {first}，第 {number} 张是 {other}。同一批次的尺寸必须相同。</translation>
    </message>
    <message>
        <source>The transforms give {kind}, but mixing needs a float tensor.</source>
        <translation>图像变换的结果是 {kind}，而混合需要浮点张量。</translation>
    </message>
    <message>
        <source>The values are normalised already: a second Normalize shifts them again.</source>
        <translation>这些值已经归一化：第二个 Normalize 会再次改变它们。</translation>
    </message>
    <message>
        <source>The weights in {path} do not belong to the model {model}.</source>
        <translation>{path} 中的权重不属于模型 {model}。</translation>
    </message>
    <message>
        <source>The weights were trained with numbers of the other type.</source>
        <translation>权重是用另一种类型的数训练的。</translation>
    </message>
    <message>
        <source>There are no images to load.</source>
        <translation>没有可以加载的图像。</translation>
    </message>
    <message>
        <source>There are no maps to make a picture of.</source>
        <extracomment>Pixels of a sheet at most: maps are made smaller where there are many of them. Widest and narrowest picture of a map; small maps are enlarged by whole numbers.</extracomment>
        <translation>没有可以做成图像的特征图。</translation>
    </message>
    <message>
        <source>There are no pictures to show.</source>
        <translation>没有可以显示的图像。</translation>
    </message>
    <message>
        <source>There are no sources to join.</source>
        <translation>没有可以合并的数据来源。</translation>
    </message>
    <message>
        <source>There are {allowed}, and more.</source>
        <translation>可用的有 {allowed} 等。</translation>
    </message>
    <message>
        <source>There is a preset named {name}.</source>
        <translation>已有名为 {name} 的预设。</translation>
    </message>
    <message>
        <source>There is no data set {name} to download.</source>
        <translation>没有名为 {name} 的可下载数据集。</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>没有文件 {path}。</translation>
    </message>
    <message>
        <source>There is no image in {path}.</source>
        <translation>{path} 中没有图像。</translation>
    </message>
    <message>
        <source>There is no pipeline named {name}.</source>
        <extracomment>So many of what was left out are written out; JSON has all of it.</extracomment>
        <translation>没有名为 {name} 的流水线。</translation>
    </message>
    <message>
        <source>There is no preset named {name}.</source>
        <translation>没有名为 {name} 的预设。</translation>
    </message>
    <message>
        <source>There is no transform in this text.</source>
        <extracomment>Characters; no script with a pipeline is longer.</extracomment>
        <translation>这段文本中没有图像变换。</translation>
    </message>
    <message>
        <source>There is no {kind} named {name}.</source>
        <translation>没有名为 {name} 的{kind}。</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>内存不足。</translation>
    </message>
    <message>
        <source>There is not enough memory for what {step} makes.</source>
        <translation>内存不足，放不下 {step} 的结果。</translation>
    </message>
    <message>
        <source>There is not enough memory to open {path}.</source>
        <translation>内存不足，无法打开 {path}。</translation>
    </message>
    <message>
        <source>There is one class only, {name}: there is nothing to tell apart.</source>
        <translation>只有一个类别 {name}：没有可以区分的内容。</translation>
    </message>
    <message>
        <source>This text is nested too deeply.</source>
        <translation>这段文本嵌套太深。</translation>
    </message>
    <message>
        <source>This text is too long to be a pipeline.</source>
        <translation>这段文本太长，不会是流水线。</translation>
    </message>
    <message>
        <source>ToDtype without scale keeps the values 0 to 255; models expect 0 to 1.</source>
        <translation>没有设 scale 的 ToDtype 保持 0 到 255 的值，而模型需要 0 到 1。</translation>
    </message>
    <message>
        <source>ToPILImage takes values from 0 to 1, but they are normalised: the colours become wrong.</source>
        <translation>ToPILImage 需要 0 到 1 的值，而这些值已归一化：颜色会出错。</translation>
    </message>
    <message>
        <source>Train with Resize in the transforms, or use another image.</source>
        <translation>训练时请在图像变换中加上 Resize，或换一张图像。</translation>
    </message>
    <message>
        <source>Training needs both: split it anew, or give each class at least 3 images.</source>
        <translation>训练两者都需要：请重新划分，或让每类至少有 3 张图像。</translation>
    </message>
    <message>
        <source>Try fewer images, or close other programs.</source>
        <translation>请减少图像，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Try smaller images or a smaller batch, or close other programs.</source>
        <translation>请换用更小的图像或更小的批次，或关闭其他程序。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Use a transform of the list, or leave this line out.</source>
        <translation>请改用列表中的图像变换，或去掉这一行。</translation>
    </message>
    <message>
        <source>Use reshape, which copies where it must, or call contiguous() before view.</source>
        <translation>请改用 reshape，它会在必要时复制；或先调用 contiguous() 再用 view。</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Values of shape {shape} cannot be shown as a picture.</source>
        <extracomment>Bins of each histogram. Values looked at in one go: few enough to stay in the processor&apos;s cache. Modes of which ``Image.histogram`` counts every band. Pictures in a row where several are shown: ``FiveCrop`` one row, ``TenCrop`` two. A picture in any of its forms. What a stage of a pipeline can hold: a picture, or after ``FiveCrop`` and ``TenCrop`` a tuple of them.</extracomment>
        <translation>形状为 {shape} 的数值无法显示为图像。</translation>
    </message>
    <message>
        <source>What was done until here is kept.</source>
        <translation>到目前为止的结果已保留。</translation>
    </message>
    <message>
        <source>Write KEY=VALUE, for example optimizer.lr=0.05.</source>
        <translation>请写成 KEY=VALUE，例如 optimizer.lr=0.05。</translation>
    </message>
    <message>
        <source>Write for example {example}.</source>
        <translation>例如可以写 {example}。</translation>
    </message>
    <message>
        <source>Write its value in its place, or paste that line too.</source>
        <translation>请把它的值直接写在这里，或把定义它的那一行也粘贴进来。</translation>
    </message>
    <message>
        <source>Write the smallest first, then the largest.</source>
        <translation>请先写最小值，再写最大值。</translation>
    </message>
    <message>
        <source>Write the transforms out as one list.</source>
        <translation>请把这些变换写成一个列表。</translation>
    </message>
    <message>
        <source>Write the value in its place.</source>
        <translation>请把它的值直接写在这里。</translation>
    </message>
    <message>
        <source>Write {name}(...).</source>
        <translation>请写成 {name}(...)。</translation>
    </message>
    <message>
        <source>a / must stand between two names</source>
        <translation>/ 必须位于两个名称之间</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>a list of at least one data set</source>
        <extracomment>Name of the operation, and of the key that names a source in TOML.</extracomment>
        <translation>至少含一个数据集的列表</translation>
    </message>
    <message>
        <source>a list of transforms, each a table with a name</source>
        <extracomment>The parameter that holds a container&apos;s steps; torchvision&apos;s name of it. Containers within containers: deeper ones than anybody writes would only overflow the stack.</extracomment>
        <translation>图像变换的列表，每个都是带有 name 的表</translation>
    </message>
    <message>
        <source>a list of {lengths} numbers</source>
        <translation>{lengths} 个数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} numbers from {minimum} to {maximum}</source>
        <translation>{lengths} 个从 {minimum} 到 {maximum} 的数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} numbers of at least {minimum}</source>
        <translation>{lengths} 个不小于 {minimum} 的数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} numbers of at most {maximum}</source>
        <translation>{lengths} 个不大于 {maximum} 的数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} whole numbers</source>
        <translation>{lengths} 个整数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} whole numbers from {minimum} to {maximum}</source>
        <translation>{lengths} 个从 {minimum} 到 {maximum} 的整数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} whole numbers of at least {minimum}</source>
        <translation>{lengths} 个不小于 {minimum} 的整数的列表</translation>
    </message>
    <message>
        <source>a list of {lengths} whole numbers of at most {maximum}</source>
        <translation>{lengths} 个不大于 {maximum} 的整数的列表</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>a number from {minimum} to {maximum}</source>
        <translation>从 {minimum} 到 {maximum} 的数</translation>
    </message>
    <message>
        <source>a number of at least {minimum}</source>
        <translation>不小于 {minimum} 的数</translation>
    </message>
    <message>
        <source>a number of at most {maximum}</source>
        <translation>不大于 {maximum} 的数</translation>
    </message>
    <message>
        <source>a step gives several pictures at once</source>
        <translation>有一步会同时得到多张图像</translation>
    </message>
    <message>
        <source>a whole number</source>
        <extracomment>For :func:`ranged`: without limits, with both, with the lower one, with the upper one.</extracomment>
        <translation>整数</translation>
    </message>
    <message>
        <source>a whole number from {minimum} to {maximum}</source>
        <translation>从 {minimum} 到 {maximum} 的整数</translation>
    </message>
    <message>
        <source>a whole number of at least {minimum}</source>
        <translation>不小于 {minimum} 的整数</translation>
    </message>
    <message>
        <source>a whole number of at most {maximum}</source>
        <translation>不大于 {maximum} 的整数</translation>
    </message>
    <message>
        <source>align_corners is for bilinear and bicubic; nearest has no corners.</source>
        <translation>align_corners 用于 bilinear 和 bicubic，nearest 没有角的对齐。</translation>
    </message>
    <message>
        <source>another each time</source>
        <translation>每次不同</translation>
    </message>
    <message>
        <source>as the image is</source>
        <translation>与原图相同</translation>
    </message>
    <message>
        <source>between the label and a * there must be something else</source>
        <translation>标签和 * 之间必须有其他内容</translation>
    </message>
    <message>
        <source>braces may stand around the word label only</source>
        <translation>花括号只能用来括住 label 这个词</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>device = {value} is not available on this machine.</source>
        <translation>这台机器上不能使用 device = {value}。</translation>
    </message>
    <message>
        <source>every image would be given the same name</source>
        <translation>所有图像都会得到同一个名称</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>groups {groups} does not divide {name} {channels}.</source>
        <translation>groups {groups} 不能整除 {name} {channels}。</translation>
    </message>
    <message>
        <source>infinite</source>
        <translation>无穷大</translation>
    </message>
    <message>
        <source>it depends on a condition</source>
        <translation>它取决于条件</translation>
    </message>
    <message>
        <source>it is a function of your own</source>
        <translation>它是你自己写的函数</translation>
    </message>
    <message>
        <source>it is made by a loop</source>
        <translation>它由循环生成</translation>
    </message>
    <message>
        <source>it is too long</source>
        <extracomment>Longer sequences, and larger numbers, are in no pipeline.</extracomment>
        <translation>太长了</translation>
    </message>
    <message>
        <source>it must say once where the label is</source>
        <translation>必须指明一次标签的位置</translation>
    </message>
    <message>
        <source>it would have to be computed</source>
        <translation>它需要计算才能得到</translation>
    </message>
    <message>
        <source>layer</source>
        <extracomment>Tags: ``window`` slides over the image, ``activation`` works on each value alone (Softmax and LogSoftmax: along ``dim``), ``weights`` has something to learn, ``random`` draws when it runs in training mode, ``needs_indices`` takes a MaxPool2d&apos;s indices as well, ``dimensions:1`` and ``dimensions:3`` are for sequences and volumes, ``kind:...`` groups (conv pool pad activation norm linear shape dropout).</extracomment>
        <translation>网络层</translation>
    </message>
    <message>
        <source>loss</source>
        <extracomment>Tags: ``target:values`` takes a target of the output&apos;s shape, ``target:classes`` the index of a class for each row, ``target:shares`` probabilities of the output&apos;s shape.</extracomment>
        <translation>损失函数</translation>
    </message>
    <message>
        <source>model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>no parameters</source>
        <translation>没有参数</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>normalized_shape {wanted} is not how {given} ends.</source>
        <translation>normalized_shape {wanted} 与 {given} 的最后几维不一致。</translation>
    </message>
    <message>
        <source>num_groups {groups} does not divide num_channels {channels}.</source>
        <translation>num_groups {groups} 不能整除 num_channels {channels}。</translation>
    </message>
    <message>
        <source>numpy array</source>
        <translation>numpy 数组</translation>
    </message>
    <message>
        <source>operation</source>
        <extracomment>Longest edge of the input, and the most channels and images. To begin with; only of parameters that are written whatever their value is. Of the layers, losses and tensor tools, under the same names.</extracomment>
        <translation>运算</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>output_padding {added} is not smaller than stride {stride} or dilation {dilation}.</source>
        <translation>output_padding {added} 没有小于 stride {stride}，也没有小于 dilation {dilation}。</translation>
    </message>
    <message>
        <source>padding {padding} takes the whole result away: {formula}.</source>
        <translation>padding {padding} 把整个结果都去掉了：{formula}。</translation>
    </message>
    <message>
        <source>shorter edge {pixels}</source>
        <translation>短边 {pixels}</translation>
    </message>
    <message>
        <source>tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>tensor tool</source>
        <extracomment>``Step.source`` is not Python here: :func:`tool_source` is.</extracomment>
        <translation>张量工具</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>the copies of an image would have one name</source>
        <translation>同一张图像的几份结果会得到同一个名称</translation>
    </message>
    <message>
        <source>the results of the steps would have one name</source>
        <translation>各步骤的结果会得到同一个名称</translation>
    </message>
    <message>
        <source>transform</source>
        <translation>图像变换</translation>
    </message>
    <message>
        <source>transform of a batch</source>
        <translation>批次变换</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>tuple of {count} pictures</source>
        <extracomment>How often a step that draws is tried: it may fail by chance alone.</extracomment>
        <translation>{count} 张图像的元组</translation>
    </message>
    <message>
        <source>view needs the numbers of {shape} in order in the memory; after transpose they are not.</source>
        <translation>view 需要 {shape} 的数在内存中按顺序排列，而 transpose 之后不是这样。</translation>
    </message>
    <message>
        <source>{allowed}, or none</source>
        <extracomment>How ``None`` is written in TOML, which has no such value. A stable word for the type, used in ``catalog --json``.</extracomment>
        <translation>{allowed}，或 none</translation>
    </message>
    <message>
        <source>{allowed}, or {words}</source>
        <translation>{allowed}，或 {words}</translation>
    </message>
    <message>
        <source>{channels} channels do not divide by {square} = {factor}².</source>
        <translation>{channels} 个通道不能被 {square} = {factor}² 整除。</translation>
    </message>
    <message>
        <source>{count} images are almost the same picture: {images}.</source>
        <translation>{count} 张图像几乎相同：{images}。</translation>
    </message>
    <message>
        <source>{count} images are the same picture: {images}.</source>
        <translation>{count} 张图像相同：{images}。</translation>
    </message>
    <message>
        <source>{count} images are too few to be laid out.</source>
        <translation>{count} 张图像太少，无法排布。</translation>
    </message>
    <message>
        <source>{count} maps do not fit on a sheet of {most} megapixels.</source>
        <translation>{count} 张特征图放不进 {most} 百万像素的大图。</translation>
    </message>
    <message>
        <source>{count} more files are listed but not there.</source>
        <translation>还有 {count} 个列出的文件不存在。</translation>
    </message>
    <message>
        <source>{count} more images are listed without a label.</source>
        <translation>还有 {count} 张列出的图像没有标签。</translation>
    </message>
    <message>
        <source>{count} more images have a label file that cannot be read.</source>
        <translation>还有 {count} 张图像的标签文件无法读取。</translation>
    </message>
    <message>
        <source>{count} more images have a label file that is not UTF-8.</source>
        <translation>还有 {count} 张图像的标签文件不是 UTF-8。</translation>
    </message>
    <message>
        <source>{count} more images have a label file whose first line is empty.</source>
        <translation>还有 {count} 张图像的标签文件第一行为空。</translation>
    </message>
    <message>
        <source>{count} more images have a label file without a name in it.</source>
        <translation>还有 {count} 张图像的标签文件中没有名称。</translation>
    </message>
    <message>
        <source>{count} more images have no label file.</source>
        <extracomment>For each problem how those beyond the first are told.</extracomment>
        <translation>还有 {count} 张图像没有标签文件。</translation>
    </message>
    <message>
        <source>{count} more images lie in no class folder: they have no label.</source>
        <translation>还有 {count} 张图像不在任何类别文件夹中：没有标签。</translation>
    </message>
    <message>
        <source>{count} more label files have no image.</source>
        <translation>还有 {count} 个标签文件没有对应的图像。</translation>
    </message>
    <message>
        <source>{count} more lines list a file again.</source>
        <translation>还有 {count} 行重复列出文件。</translation>
    </message>
    <message>
        <source>{count} more names do not fit the pattern.</source>
        <translation>还有 {count} 个名称不符合模式。</translation>
    </message>
    <message>
        <source>{count} pictures have {values} numbers together; up to {most} go in at once.</source>
        <translation>{count} 张图片共有 {values} 个数；一次最多放入 {most} 个。</translation>
    </message>
    <message>
        <source>{count} pictures of other sizes were resized to that of the first.</source>
        <translation>{count} 张尺寸不同的图像已缩放到第一张的尺寸。</translation>
    </message>
    <message>
        <source>{dataset} has a part val of {count} images, which is not used: there are train and test.</source>
        <extracomment>Path below the folder of the images, and class index.</extracomment>
        <translation>{dataset} 有一个含 {count} 张图像的 val 部分，没有使用：已有 train 和 test。</translation>
    </message>
    <message>
        <source>{dataset} has no part test: its part val is for test.</source>
        <translation>{dataset} 没有 test 部分：用 val 部分测试。</translation>
    </message>
    <message>
        <source>{dataset} is not in {path}: {files} missing.</source>
        <translation>{path} 中没有 {dataset}：缺少 {files}。</translation>
    </message>
    <message>
        <source>{dataset} lists {count} images that are missing and are left out; the first is {path}.</source>
        <translation>{dataset} 列出的 {count} 张图像不存在，已略去；第一张是 {path}。</translation>
    </message>
    <message>
        <source>{file} could not be fetched from {url}.</source>
        <translation>无法从 {url} 下载 {file}。</translation>
    </message>
    <message>
        <source>{file} from {url} has a wrong checksum and was deleted.</source>
        <translation>从 {url} 下载的 {file} 校验和不符，已删除。</translation>
    </message>
    <message>
        <source>{first} and {second} would both become {name}.</source>
        <translation>{first} 和 {second} 会得到同一个名称 {name}。</translation>
    </message>
    <message>
        <source>{first} or {last}</source>
        <translation>{first} 或 {last}</translation>
    </message>
    <message>
        <source>{given} class names were given, but the model of {path} has {outputs} outputs.</source>
        <translation>给出了 {given} 个类别名称，而 {path} 的模型有 {outputs} 个输出。</translation>
    </message>
    <message>
        <source>{image} is {width} x {height}: sides as {aspect:.1f} to 1; most are as {usual:.1f} to 1.</source>
        <translation>{image} 的尺寸是 {width} x {height}：边长之比为 {aspect:.1f} 比 1；多数为 {usual:.1f} 比 1。</translation>
    </message>
    <message>
        <source>{image} is {width} x {height}; most are about {usual_width} x {usual_height}.</source>
        <translation>{image} 的尺寸是 {width} x {height}；多数约为 {usual_width} x {usual_height}。</translation>
    </message>
    <message>
        <source>{kernel} needs a kernel of at least {size} x {size}.</source>
        <extracomment>Stable name -&gt; label marked for translation in the context ``catalog``.</extracomment>
        <translation>{kernel} 需要至少 {size} x {size} 的卷积核。</translation>
    </message>
    <message>
        <source>{key} = {value} is not possible.</source>
        <extracomment>Catalog and name key of each table that names an operation.</extracomment>
        <translation>{key} = {value} 不可用。</translation>
    </message>
    <message>
        <source>{key} does not end in a tensor, which the model needs.</source>
        <translation>{key} 的结果不是张量，而模型需要张量。</translation>
    </message>
    <message>
        <source>{key} ends in whole numbers ({dtype}); the model needs floats.</source>
        <translation>{key} 最后得到整数 ({dtype})，而模型需要浮点数。</translation>
    </message>
    <message>
        <source>{key} gives {count} pictures of an image; the model takes one.</source>
        <translation>{key} 从一张图像得到 {count} 张，而模型只接受一张。</translation>
    </message>
    <message>
        <source>{key} gives {kind} of shape {shape}; the model needs float32 [channels, height, width].</source>
        <translation>{key} 给出形状为 {shape} 的 {kind}，而模型需要 float32 [通道, 高, 宽]。</translation>
    </message>
    <message>
        <source>{key}: {step}, number {number}, cannot take what the steps before it give.</source>
        <translation>{key}：第 {number} 步 {step} 无法处理前面步骤的结果。</translation>
    </message>
    <message>
        <source>{largest} has {ratio:.1f} times as many training images as {smallest}: {most:,} and {fewest:,}.</source>
        <translation>{largest} 的训练图像是 {smallest} 的 {ratio:.1f} 倍：{most:,} 张和 {fewest:,} 张。</translation>
    </message>
    <message>
        <source>{layer} cannot be made with these values.</source>
        <translation>无法用这些值创建 {layer}。</translation>
    </message>
    <message>
        <source>{layer} gives no tensor that could be shown.</source>
        <translation>{layer} 没有给出可以显示的张量。</translation>
    </message>
    <message>
        <source>{layer} is given what MaxPool2d with the same window keeps, and the places it was found at.</source>
        <translation>{layer} 的输入是窗口相同的 MaxPool2d 所保留的值，以及这些值原来的位置。</translation>
    </message>
    <message>
        <source>{layer} takes sequences: each row of the pictures is one here, {shape} together.</source>
        <extracomment>Parameters that say how many channels, or numbers in a row, a layer takes.</extracomment>
        <translation>{layer} 需要序列：这里图像的每一行是一个序列，合起来是 {shape}。</translation>
    </message>
    <message>
        <source>{layer} takes volumes: the channels are the depth here, {shape}. Each map is a slice.</source>
        <translation>{layer} 需要立体数据：这里把通道当作深度，{shape}。每张特征图是一个切片。</translation>
    </message>
    <message>
        <source>{layer} would need {values} numbers here; up to {most} are shown.</source>
        <extracomment>Numbers of weights and output together that may be made at once: 256 MB. Pixels of the pictures that go through a model at once, when a whole batch does.</extracomment>
        <translation>{layer} 在这里需要 {values} 个数，最多只能显示 {most} 个。</translation>
    </message>
    <message>
        <source>{layer}: padding {padding} is more than half of kernel_size {kernel_size}.</source>
        <translation>{layer}：padding {padding} 超过了 kernel_size {kernel_size} 的一半。</translation>
    </message>
    <message>
        <source>{model} has no layer {layer}.</source>
        <translation>{model} 没有名为 {layer} 的层。</translation>
    </message>
    <message>
        <source>{module} cannot be loaded.</source>
        <translation>无法加载 {module}。</translation>
    </message>
    <message>
        <source>{name} is no name for a preset.</source>
        <extracomment>Characters of a preset&apos;s name.</extracomment>
        <translation>{name} 不能用作预设的名称。</translation>
    </message>
    <message>
        <source>{name} needs {needed} in {path}, with all that is unpacked; {free} are free.</source>
        <translation>{name} 连同解压后的内容在 {path} 中需要 {needed}；可用空间为 {free}。</translation>
    </message>
    <message>
        <source>{number}, or a list of {lengths} of them</source>
        <translation>{number}，或 {lengths} 个这样的数的列表</translation>
    </message>
    <message>
        <source>{number}, or {several}</source>
        <translation>{number}，或 {several}</translation>
    </message>
    <message>
        <source>{operation} does not work on whole numbers (torch.long).</source>
        <translation>{operation} 不能用于整数 (torch.long)。</translation>
    </message>
    <message>
        <source>{operation} has no gradients here: it needs numbers of type float.</source>
        <translation>{operation} 在这里没有梯度：它需要浮点数。</translation>
    </message>
    <message>
        <source>{operation} has no parameter named {parameter}.</source>
        <translation>{operation} 没有名为 {parameter} 的参数。</translation>
    </message>
    <message>
        <source>{operation}: {parameter} = {value} is not possible.</source>
        <translation>{operation}：{parameter} = {value} 不可用。</translation>
    </message>
    <message>
        <source>{parameter} = {value} is not possible here.</source>
        <translation>{parameter} = {value} 在这里不可用。</translation>
    </message>
    <message>
        <source>{path} ({format}) can only be opened as a whole.</source>
        <translation>{path} ({format}) 只能按原尺寸打开。</translation>
    </message>
    <message>
        <source>{path} already holds a run.</source>
        <translation>{path} 中已有一次训练。</translation>
    </message>
    <message>
        <source>{path} cannot be moved to the bin.</source>
        <translation>无法把 {path} 移到回收站。</translation>
    </message>
    <message>
        <source>{path} cannot be read and is left out: {reason}.</source>
        <translation>{path} 无法读取，已略去：{reason}。</translation>
    </message>
    <message>
        <source>{path} cannot be read as text.</source>
        <translation>无法把 {path} 作为文本读取。</translation>
    </message>
    <message>
        <source>{path} cannot be read.</source>
        <translation>无法读取 {path}。</translation>
    </message>
    <message>
        <source>{path} cannot be unpacked.</source>
        <extracomment>Called with (index of the archive, bytes read of it, its size).</extracomment>
        <translation>无法解压 {path}。</translation>
    </message>
    <message>
        <source>{path} cannot be used.</source>
        <translation>无法使用 {path}。</translation>
    </message>
    <message>
        <source>{path} cannot be written.</source>
        <translation>无法写入 {path}。</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} 不存在。</translation>
    </message>
    <message>
        <source>{path} has a folder {part} but no folder train.</source>
        <translation>{path} 中有文件夹 {part}，但没有文件夹 train。</translation>
    </message>
    <message>
        <source>{path} has checkpoint version {version}; this program reads up to {known}.</source>
        <translation>{path} 的检查点版本是 {version}，本程序最高支持 {known}。</translation>
    </message>
    <message>
        <source>{path} has no column of labels: no image has one.</source>
        <translation>{path} 没有标签列：所有图像都没有标签。</translation>
    </message>
    <message>
        <source>{path} has no column of paths to images; its columns are {columns}.</source>
        <translation>{path} 没有图像路径列；它的列是 {columns}。</translation>
    </message>
    <message>
        <source>{path} has no column {column}; its columns are {columns}.</source>
        <translation>{path} 没有列 {column}；它的列是 {columns}。</translation>
    </message>
    <message>
        <source>{path} has no folder of images with a folder of labels beside it.</source>
        <extracomment>A first line of more bytes is no class name.</extracomment>
        <translation>{path} 中没有成对的图像文件夹和标签文件夹。</translation>
    </message>
    <message>
        <source>{path} has no folder per class.</source>
        <translation>{path} 中没有按类别分的文件夹。</translation>
    </message>
    <message>
        <source>{path} has no label file: it has no label.</source>
        <translation>{path} 没有标签文件：没有标签。</translation>
    </message>
    <message>
        <source>{path} has no label: its label file cannot be read.</source>
        <translation>{path} 没有标签：标签文件无法读取。</translation>
    </message>
    <message>
        <source>{path} has no label: its label file is not UTF-8.</source>
        <translation>{path} 没有标签：标签文件不是 UTF-8。</translation>
    </message>
    <message>
        <source>{path} has no label: its name does not fit the pattern.</source>
        <translation>{path} 没有标签：名称不符合模式。</translation>
    </message>
    <message>
        <source>{path} has no label: the first line of its label file is empty.</source>
        <translation>{path} 没有标签：标签文件的第一行为空。</translation>
    </message>
    <message>
        <source>{path} has no label: the first line of its label file is no name of a class.</source>
        <translation>{path} 没有标签：标签文件的第一行不是类别名称。</translation>
    </message>
    <message>
        <source>{path} has one part: {train} images are for training and {test} for test, always the same.</source>
        <translation>{path} 只有一部分：{train} 张用于训练，{test} 张用于测试，划分固定不变。</translation>
    </message>
    <message>
        <source>{path} has rows for {part} but none for train.</source>
        <translation>{path} 有 {part} 的行，但没有 train 的行。</translation>
    </message>
    <message>
        <source>{path} has the same name as {first}: {name}.</source>
        <translation>{path} 与 {first} 的名称相同：{name}。</translation>
    </message>
    <message>
        <source>{path} has {train} images for training and {test} for test, but training needs both.</source>
        <translation>{path} 有 {train} 张图像用于训练、{test} 张用于测试，但训练两者都需要。</translation>
    </message>
    <message>
        <source>{path} holds Python objects, not only weights. It was not opened, because they could run code.</source>
        <translation>{path} 中除了权重还有 Python 对象。它们可能会执行代码，所以没有打开。</translation>
    </message>
    <message>
        <source>{path} holds no CSV file.</source>
        <translation>{path} 中没有 CSV 文件。</translation>
    </message>
    <message>
        <source>{path} holds no class names.</source>
        <translation>{path} 中没有类别名称。</translation>
    </message>
    <message>
        <source>{path} holds no model weights.</source>
        <translation>{path} 中没有模型权重。</translation>
    </message>
    <message>
        <source>{path} holds no picture number {number}.</source>
        <translation>{path} 中没有第 {number} 张图像。</translation>
    </message>
    <message>
        <source>{path} holds several CSV files: {names}.</source>
        <translation>{path} 中有多个 CSV 文件：{names}。</translation>
    </message>
    <message>
        <source>{path} holds weights alone, not which model they belong to.</source>
        <translation>{path} 中只有权重，没有说明属于哪个模型。</translation>
    </message>
    <message>
        <source>{path} holds weights alone: taken as {model}, the model of the Train tab, classes by number.</source>
        <extracomment>Sides of thumbnails, of the pictures in the strip and of the large view, in pixels. What was assumed because the file does not say it; marked for translation in the context ``errors``.</extracomment>
        <translation>{path} 中只有权重：按「训练」页的模型 {model} 加载，类别用编号表示。</translation>
    </message>
    <message>
        <source>{path} is a file, not a folder.</source>
        <translation>{path} 是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>{path} is a folder with the name of an image.</source>
        <translation>{path} 是文件夹，名称却像图像。</translation>
    </message>
    <message>
        <source>{path} is a folder without images.</source>
        <extracomment>Names of the folders that a test part may have; the first that is there serves.</extracomment>
        <translation>文件夹 {path} 中没有图像。</translation>
    </message>
    <message>
        <source>{path} is a folder, not a file with weights.</source>
        <translation>{path} 是文件夹，不是权重文件。</translation>
    </message>
    <message>
        <source>{path} is a folder, not an image.</source>
        <translation>{path} 是文件夹，不是图像。</translation>
    </message>
    <message>
        <source>{path} is a label file without an image.</source>
        <translation>{path} 是标签文件，没有对应的图像。</translation>
    </message>
    <message>
        <source>{path} is a link that leads nowhere; it is left out.</source>
        <translation>{path} 是失效的链接，已略去。</translation>
    </message>
    <message>
        <source>{path} is cut off or damaged.</source>
        <translation>{path} 被截断或已损坏。</translation>
    </message>
    <message>
        <source>{path} is damaged or cut off.</source>
        <extracomment>What is said of a file whose pixels cannot be decoded.</extracomment>
        <translation>{path} 已损坏或被截断。</translation>
    </message>
    <message>
        <source>{path} is damaged or incomplete.</source>
        <translation>{path} 已损坏或不完整。</translation>
    </message>
    <message>
        <source>{path} is empty.</source>
        <translation>{path} 是空的。</translation>
    </message>
    <message>
        <source>{path} is empty: 0 bytes.</source>
        <translation>{path} 是空的：0 字节。</translation>
    </message>
    <message>
        <source>{path} is listed more than once; the first line counts.</source>
        <translation>{path} 被多次列出；以第一行为准。</translation>
    </message>
    <message>
        <source>{path} is listed without a label.</source>
        <translation>{path} 已列出，但没有标签。</translation>
    </message>
    <message>
        <source>{path} is listed, but there is no such file; it is left out.</source>
        <translation>{path} 已列出，但没有这个文件，已略去。</translation>
    </message>
    <message>
        <source>{path} is no usable preset; it is left out of the list.</source>
        <translation>{path} 不是可用的预设，没有列出。</translation>
    </message>
    <message>
        <source>{path} is not a checkpoint of this program.</source>
        <extracomment>Folder of a run that holds its checkpoints, and the file a run resumes from.</extracomment>
        <translation>{path} 不是本程序的检查点。</translation>
    </message>
    <message>
        <source>{path} is not a file of torch.save, or it is damaged.</source>
        <translation>{path} 不是 torch.save 保存的文件，或者已损坏。</translation>
    </message>
    <message>
        <source>{path} is not a table of UTF-8 text.</source>
        <extracomment>Endings of the files that count as tables. What a part may be called in a table. Column names that say what a column is, in lower case.</extracomment>
        <translation>{path} 不是 UTF-8 文本的表格。</translation>
    </message>
    <message>
        <source>{path} is not an image that can be read.</source>
        <translation>{path} 不是可以读取的图像。</translation>
    </message>
    <message>
        <source>{path} is not used, because there is a test folder.</source>
        <translation>没有使用 {path}，因为已有 test 文件夹。</translation>
    </message>
    <message>
        <source>{path} is of no kind that can be opened here.</source>
        <translation>这里打不开 {path} 这种文件。</translation>
    </message>
    <message>
        <source>{path} is the source folder itself.</source>
        <translation>{path} 就是来源文件夹。</translation>
    </message>
    <message>
        <source>{path} is there already.</source>
        <translation>{path} 已经存在。</translation>
    </message>
    <message>
        <source>{path} is too large: {width} x {height} are {pixels:,} pixels, the limit is {limit:,}.</source>
        <translation>{path} 太大：{width} x {height} 共 {pixels:,} 个像素，上限是 {limit:,}。</translation>
    </message>
    <message>
        <source>{path} leads back to a folder it lies in; it is left out.</source>
        <extracomment>So many problems of one kind are named one by one; the others are counted. Directory entries between two looks at the cancel token.</extracomment>
        <translation>{path} 指回它所在的文件夹，已略去。</translation>
    </message>
    <message>
        <source>{path} lies in no class folder: it has no label.</source>
        <translation>{path} 不在任何类别文件夹中：没有标签。</translation>
    </message>
    <message>
        <source>{path} lies inside the source folder.</source>
        <translation>{path} 在来源文件夹内。</translation>
    </message>
    <message>
        <source>{path} lists no images.</source>
        <translation>{path} 没有列出图像。</translation>
    </message>
    <message>
        <source>{path} makes the decoder crash.</source>
        <extracomment>From so many files on processes are worth their start, which takes as long as some thousand small files. A look answers after so long, and cancelling is noticed after so long (s). The processes are as many as the cores: none should start threads of its own. What is raised where a process is gone. Number of a set, and the first of its images in an answer.</extracomment>
        <translation>{path} 会让解码器崩溃。</translation>
    </message>
    <message>
        <source>{path} may not be read.</source>
        <translation>没有读取 {path} 的权限。</translation>
    </message>
    <message>
        <source>{path}, line {line}: no path or no known part; it is left out.</source>
        <translation>{path} 第 {line} 行：没有路径或部分不明，已略去。</translation>
    </message>
    <message>
        <source>{path}: the {count} rows for {part} are not used, because there are rows for test.</source>
        <translation>{path}：没有使用 {part} 的 {count} 行，因为已有 test 的行。</translation>
    </message>
    <message>
        <source>{path}: {count} more lines have no path or no known part.</source>
        <translation>{path}：还有 {count} 行没有路径或部分不明。</translation>
    </message>
    <message>
        <source>{pattern} is no pattern for names: {reason}.</source>
        <extracomment>Tried in this order: the stricter ones first. What cameras and programs call pictures of anything.</extracomment>
        <translation>{pattern} 不是有效的名称模式：{reason}。</translation>
    </message>
    <message>
        <source>{pattern} is no pattern: its braces do not match.</source>
        <translation>{pattern} 不是有效的模式：花括号没有配对。</translation>
    </message>
    <message>
        <source>{pattern}: nothing is called {field}.</source>
        <translation>{pattern}：没有名为 {field} 的项。</translation>
    </message>
    <message>
        <source>{pattern}: {field} cannot be written as {spec}.</source>
        <translation>{pattern}：{field} 不能写成 {spec} 的格式。</translation>
    </message>
    <message>
        <source>{pattern}: {letter} cannot stand in the name of a file.</source>
        <translation>{pattern}：文件名中不能有 {letter}。</translation>
    </message>
    <message>
        <source>{shape} cannot be reshaped to pictures of 3 channels.</source>
        <translation>{shape} 无法 reshape 成 3 个通道的图像。</translation>
    </message>
    <message>
        <source>{share} % of all images for test, seed {seed}: {train} images for training, {test} for test.</source>
        <translation>全部图像的 {share} % 用于测试，随机种子 {seed}：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>{share} % of every class for test, always the same: {train} images for training, {test} for test.</source>
        <translation>每类的 {share} % 用于测试，固定不变：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>{share} % of every class for test, seed {seed}: {train} images for training, {test} for test.</source>
        <translation>每类的 {share} % 用于测试，随机种子 {seed}：{train} 张用于训练，{test} 张用于测试。</translation>
    </message>
    <message>
        <source>{step} applies {inner} to some pictures alone: their values do not go together.</source>
        <translation>{step} 只对一部分图像应用 {inner}：得到的值不一致，不能一起使用。</translation>
    </message>
    <message>
        <source>{step} cannot be applied to this {given}.</source>
        <translation>{step} 无法应用于这个 {given}。</translation>
    </message>
    <message>
        <source>{step} cannot be made with these values.</source>
        <translation>无法用这些值创建 {step}。</translation>
    </message>
    <message>
        <source>{step} cannot mirror a border wider than the image, which has {given} (height x width).</source>
        <translation>{step} 的镜像边框不能比图像还宽，而图像是 {given}（高 x 宽）。</translation>
    </message>
    <message>
        <source>{step} cannot mix this batch.</source>
        <translation>{step} 无法混合这个批次。</translation>
    </message>
    <message>
        <source>{step} changes only the first of the {count} tensors: so does torchvision v2.</source>
        <translation>{step} 只改变 {count} 个张量中的第一个：torchvision v2 就是这样。</translation>
    </message>
    <message>
        <source>{step} has no step inside that is switched on.</source>
        <translation>{step} 里面没有启用的步骤。</translation>
    </message>
    <message>
        <source>{step} is for the numpy array that OpenCV reads, but gets a {given}, which is RGB.</source>
        <translation>{step} 用于 OpenCV 读取的 numpy 数组，却得到 {given}，它是 RGB。</translation>
    </message>
    <message>
        <source>{step} is not possible with the {dtype} numbers of this tensor.</source>
        <translation>{step} 不能用于这个张量的 {dtype} 数值。</translation>
    </message>
    <message>
        <source>{step} leaves a PIL image as it is: it changes tensors alone.</source>
        <translation>{step} 不改变 PIL 图像：它只改变张量。</translation>
    </message>
    <message>
        <source>{step} leaves a numpy array as it is: it changes pictures and tensors alone.</source>
        <translation>{step} 不改变 numpy 数组：它只改变图像和张量。</translation>
    </message>
    <message>
        <source>{step} needs a picture, but gets a tensor: it was converted before.</source>
        <translation>{step} 需要图像，却得到张量：前面已经转换过了。</translation>
    </message>
    <message>
        <source>{step} needs a tensor or a numpy array, but this is a PIL image already.</source>
        <translation>{step} 需要张量或 numpy 数组，而这已经是 PIL 图像。</translation>
    </message>
    <message>
        <source>{step} needs a tensor, but gets a {given}.</source>
        <translation>{step} 需要张量，却得到 {given}。</translation>
    </message>
    <message>
        <source>{step} needs floating point numbers, but the tensor has whole numbers ({dtype}).</source>
        <translation>{step} 需要浮点数，而张量中是整数 ({dtype})。</translation>
    </message>
    <message>
        <source>{step} needs more pixels than this image has: {given} (height x width).</source>
        <translation>{step} 需要的像素比这张图像多，图像是 {given}（高 x 宽）。</translation>
    </message>
    <message>
        <source>{step} needs whole numbers 0 to 255 (uint8), but the tensor is {dtype}.</source>
        <translation>{step} 需要 0 到 255 的整数 (uint8)，而张量是 {dtype}。</translation>
    </message>
    <message>
        <source>{step} takes PIL images and tensors, but gets a numpy array, as OpenCV reads them.</source>
        <translation>{step} 需要 PIL 图像或张量，却得到 OpenCV 读取的那种 numpy 数组。</translation>
    </message>
    <message>
        <source>{step} takes one picture, but {maker} before it gives {count}.</source>
        <translation>{step} 只接受一张图像，而前面的 {maker} 给出 {count} 张。</translation>
    </message>
    <message>
        <source>{step} takes pictures of 1 or 3 channels, but this one has {channels}.</source>
        <translation>{step} 需要 1 个或 3 个通道的图像，而这张有 {channels} 个。</translation>
    </message>
    <message>
        <source>{step} wants {wanted} (height x width), but the image is only {given}.</source>
        <translation>{step} 需要 {wanted}（高 x 宽），而图像只有 {given}。</translation>
    </message>
    <message>
        <source>{step} with interpolation {interpolation} works on PIL images, not on tensors.</source>
        <translation>interpolation 为 {interpolation} 时，{step} 只能用于 PIL 图像，不能用于张量。</translation>
    </message>
    <message>
        <source>{step} would make {height} x {width} pixels (height x width) of this.</source>
        <translation>{step} 会把它变成 {height} x {width} 像素（高 x 宽）。</translation>
    </message>
    <message>
        <source>{step}: kernel_size = {value} is even, so the kernel has no middle.</source>
        <translation>{step}：kernel_size = {value} 是偶数，所以卷积核没有中心。</translation>
    </message>
    <message>
        <source>{step}: magnitude = {magnitude} is not one of the {bins} that begin at 0.</source>
        <translation>{step}：magnitude = {magnitude} 不在从 0 开始的 {bins} 个级别中。</translation>
    </message>
    <message>
        <source>{step}: p has {chances} numbers for {count} steps.</source>
        <translation>{step}：p 有 {chances} 个数，而步骤有 {count} 个。</translation>
    </message>
    <message>
        <source>{step}: sigma has to be more than 0 in both directions, or 0 in both.</source>
        <translation>{step}：sigma 在两个方向上必须都大于 0，或都为 0。</translation>
    </message>
    <message>
        <source>{step}: the kernel reaches over the edge of the image, which has {given} (height x width).</source>
        <translation>{step}：卷积核超出了图像的边缘，图像是 {given}（高 x 宽）。</translation>
    </message>
    <message>
        <source>{step}: threshold = {value} is for bytes, but the values of this {dtype} tensor end at 1.</source>
        <translation>{step}：threshold = {value} 用于字节 (uint8)，而这个 {dtype} 张量的值最大为 1。</translation>
    </message>
    <message>
        <source>{step}: {given} numbers cannot be scaled to {wanted} without losing some of them.</source>
        <translation>{step}：把 {given} 的数缩放到 {wanted} 一定会丢失一部分。</translation>
    </message>
    <message>
        <source>{step}: {name} = {value} does not go with this {given}, {size}.</source>
        <translation>{step}：{name} = {value} 不适用于这个 {given}，{size}。</translation>
    </message>
    <message>
        <source>{step}: {name} has to be a single number for a {given}.</source>
        <translation>{step}：对于 {given}，{name} 必须是一个数。</translation>
    </message>
    <message>
        <source>{step}: {name} has {count} numbers, but this {given} has {channels} channels.</source>
        <translation>{step}：{name} 有 {count} 个数，而这个 {given} 有 {channels} 个通道。</translation>
    </message>
    <message>
        <source>{step}: {parameter} begins with the larger number.</source>
        <extracomment>The most pixels that all pictures of a stage may have together.</extracomment>
        <translation>{step}：{parameter} 把较大的数写在了前面。</translation>
    </message>
    <message>
        <source>{tool} cannot be applied to a tensor of shape {shape}.</source>
        <translation>{tool} 不能用于形状为 {shape} 的张量。</translation>
    </message>
    <message>
        <source>{value} does not set anything.</source>
        <translation>{value} 没有设置任何值。</translation>
    </message>
    <message>
        <source>{value} is no known list of class names, and no file.</source>
        <translation>{value} 不是已知的类别名称列表，也不是文件。</translation>
    </message>
    <message>
        <source>{where} is not a table with a name.</source>
        <translation>{where} 不是带有 name 的表。</translation>
    </message>
    <message>
        <source>{where} is not a usable transform.</source>
        <translation>{where} 不是可用的图像变换。</translation>
    </message>
    <message>
        <source>{width:,} features of each of {count:,} images would take {gigabytes:.1f} GB.</source>
        <extracomment>Called with (done, in all): images, or iterations of t-SNE. Side of the squares that pixels are taken from. PCA and t-SNE need so many images.</extracomment>
        <translation>{count:,} 张图像各取 {width:,} 个特征需要 {gigabytes:.1f} GB。</translation>
    </message>
</context>
<context>
    <name>events</name>
    <message>
        <source>16-bit values were scaled to 8 bit (divided by 257).</source>
        <translation>16 位的值已缩放到 8 位（除以 257）。</translation>
    </message>
    <message>
        <source>A step failed</source>
        <translation>有一步出错</translation>
    </message>
    <message>
        <source>CMYK was converted to RGB without a colour profile.</source>
        <translation>已把 CMYK 转换为 RGB，没有使用颜色配置文件。</translation>
    </message>
    <message>
        <source>It is in no file: these are the pixels that cv2.imread gives for a PNG file of it.</source>
        <translation>它不是来自文件：这些像素与 cv2.imread 读取把它存成的 PNG 文件所得的相同。</translation>
    </message>
    <message>
        <source>Its EXIF data is damaged and was ignored.</source>
        <translation>它的 EXIF 数据已损坏，已忽略。</translation>
    </message>
    <message>
        <source>OpenCV kept the upper 8 of 16 bits (divided by 256).</source>
        <translation>OpenCV 保留了 16 位中的高 8 位（除以 256）。</translation>
    </message>
    <message>
        <source>Palette colours were looked up.</source>
        <translation>已按调色板取出颜色。</translation>
    </message>
    <message>
        <source>The colours were converted to RGB.</source>
        <translation>颜色已转换为 RGB。</translation>
    </message>
    <message>
        <source>The file holds several pictures; the first was taken.</source>
        <translation>文件中有多张图像，使用了第一张。</translation>
    </message>
    <message>
        <source>The file is damaged or cut off; cv2.imread does not say so and fills up what is missing.</source>
        <translation>文件已损坏或被截断；cv2.imread 不会报告，而是把缺少的部分补上。</translation>
    </message>
    <message>
        <source>The file was there already</source>
        <translation>文件已经存在</translation>
    </message>
    <message>
        <source>The folder cannot be read</source>
        <translation>无法读取文件夹</translation>
    </message>
    <message>
        <source>The gray channel was repeated for red, green and blue.</source>
        <translation>灰度通道已复制为红、绿、蓝三个通道。</translation>
    </message>
    <message>
        <source>The image cannot be read</source>
        <extracomment>Why something was left out, by a stable word; marked for translation in the context ``events``.</extracomment>
        <translation>无法读取图像</translation>
    </message>
    <message>
        <source>The picture was turned upright as its EXIF data says.</source>
        <extracomment>Endings of the files that a folder scan and a file dialog take for images, in lower case. Pictures of more pixels are decoded one at a time: each takes hundreds of megabytes. Notes of a :class:`Picture`.</extracomment>
        <translation>已按 EXIF 数据把图像转正。</translation>
    </message>
    <message>
        <source>The result is no picture</source>
        <translation>结果不是图像</translation>
    </message>
    <message>
        <source>The smallest value became black, the largest white.</source>
        <translation>最小值变为黑色，最大值变为白色。</translation>
    </message>
    <message>
        <source>Transparency was dropped.</source>
        <translation>已去掉透明度。</translation>
    </message>
    <message>
        <source>Values from 0 to 1 were scaled to 0 to 255.</source>
        <translation>0 到 1 的值已放大到 0 到 255。</translation>
    </message>
    <message>
        <source>Values from 0 to 255 were kept.</source>
        <translation>0 到 255 的值保持不变。</translation>
    </message>
    <message>
        <source>Values that are no finite numbers became black.</source>
        <translation>不是有限数的值显示为黑色。</translation>
    </message>
</context>
</TS>
