"""What runs can be refused for when they are compared; in alphabetical order."""

from gis.errors import BadInput


class DatesMiscounted(BadInput):
    """As many dates must be named as there are runs. Facts: runs, dates."""

    code = "dates_miscounted"
    zh = "{runs} 个检测结果却有 {dates} 个日期：请按顺序逐一写出，如 2021-06-19,2022-06-19。"
    en = "There are {runs} runs but {dates} dates: name each in order, as 2021-06-19,2022-06-19."


class KindsNeedImages(BadInput):
    """The kind of a change is read from the images, and one is not at hand. Facts: run, image."""

    code = "kinds_need_images"
    zh = "判断变化类型要用各期影像，没有找到 {run} 的影像 {image}：请用 --images 给出其文件夹。"
    en = "Kinds of change are read from images; name the folder of {run}'s {image} with --images."


class ModelsDiffer(BadInput):
    """Runs of different models: their difference is not that of the ground. Facts: one, other."""

    code = "models_differ"
    zh = "{one} 与 {other} 由不同模型得出，差别未必是地面变化：请用同一模型重新检测后再比较。"
    en = "{one} and {other} are of different models: detect both with one model, then compare."


class NotARun(BadInput):
    """A folder that holds no finished run. Facts: folder."""

    code = "not_a_run"
    zh = "{folder} 不是完整的检测结果：请给出 qingfei detect 写出的文件夹（内有 run.json）。"
    en = "{folder} is no finished run: give a folder that qingfei detect wrote, with its run.json."


class RunChanged(BadInput):
    """A file of a run is not what its record says. Facts: folder, file."""

    code = "run_changed"
    zh = "{folder} 中的 {file} 与 run.json 的记录不符：请重新运行 qingfei detect。"
    en = "{file} in {folder} is not what its run.json says: run qingfei detect again."


class RunsApart(BadInput):
    """Two runs that share no ground. Facts: one, other."""

    code = "runs_apart"
    zh = "{one} 与 {other} 没有共同的地面，无法比较：请给出同一地方不同日期的检测结果。"
    en = "{one} and {other} share no ground: give runs of one place on different dates."


class RunUndated(BadInput):
    """Nothing says on which day the image of a run was taken. Facts: run."""

    code = "run_undated"
    zh = "不知道 {run} 的影像日期：请用 --dates 按顺序写明，如 2021-06-19,2022-06-19。"
    en = "The day of {run} is not known: name all with --dates, as 2021-06-19,2022-06-19."


class SameDay(BadInput):
    """Two runs of one day. Facts: one, other, day."""

    code = "same_day"
    zh = "{one} 与 {other} 是同一天（{day}）的影像，无变化可比：每个日期请只给一个检测结果。"
    en = "{one} and {other} are of the same day ({day}): give one run for each date."


class TooFewRuns(BadInput):
    """One run alone shows no change. Facts: runs."""

    code = "too_few_runs"
    zh = "比较变化至少需要两个不同日期的检测结果，只给了 {runs} 个。"
    en = "A change needs runs of two dates or more; {runs} was given."
