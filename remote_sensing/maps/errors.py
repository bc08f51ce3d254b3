"""What can be wrong with the map of a run's scores."""

from gis.errors import NotFound


class ScoresGone(NotFound):
    """A run whose scores are not kept on this machine. Facts: file."""

    code = "scores_gone"
    zh = "该批次的得分图 {file} 不在服务器上：请从备份恢复数据目录，或重新运行并入库。"
    en = "The run's scores {file} are not on the server: restore the data folder or file it again."


class ScoreClassMissing(NotFound):
    """A class that the run's model does not know. Facts: name, known."""

    code = "score_class_missing"
    zh = "该批次的模型没有“{name}”一类，可选：{known}。"
    en = "The run's model has no class “{name}”; it has: {known}."
