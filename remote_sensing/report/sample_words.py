"""What the report on a sample of reference points says, in Chinese and English."""

SAMPLE_WORDS: dict[str, tuple[str, str]] = {
    "sample_title": ("分类图精度与面积估计", "Accuracy and areas from reference points"),
    "sample_lead": (
        "按分类图各类分层随机抽取样点 {drawn} 个，判读 {points} 个，看不清未计 {unsure} 个。",
        "{drawn} points were drawn at random within the classes of the map; {points} were "
        "interpreted, {unsure} unsure ones are left out.",
    ),
    "sample_overall": ("总体精度（95 % 区间）", "Overall accuracy, 95 % interval"),
    "n_points": ("计入的样点", "Points that count"),
    "n_wrong": ("与分类图不符的样点", "Points where the map is wrong"),
    "n_unsure": ("看不清的样点", "Unsure points"),
    "areas": ("各类面积", "Area of each class"),
    "areas_note": (
        "蓝条为估计面积，细线为 95 % 区间，空心菱形为图上面积；差距大说明直接数图上像元会偏。",
        "Bars are the estimated areas, thin lines their 95 % intervals, hollow diamonds the areas "
        "on the map; where they lie apart, counting the map's pixels misleads.",
    ),
    "hectares": ("公顷", "ha"),
    "area_low_high": ("95 % 区间（公顷）", "95 % interval (ha)"),
    "area_share": ("占比", "Share"),
    "class_accuracy": ("各类用户精度与生产者精度", "User's and producer's accuracy of each class"),
    "class_accuracy_note": (
        "用户精度：图上标为该类的地面有多少确实是；生产者精度：确实是该类的地面有多少标了出来。"
        "± 后为 95 % 区间的一半。",
        "User's: of the ground mapped as the class, the share that is. Producer's: of the ground "
        "that is, the share that was mapped. ± is half the 95 % interval.",
    ),
    "proportions": ("混淆矩阵（面积比例，%）", "Confusion matrix in proportions of area, %"),
    "proportions_note": (
        "行为分类图，列为判读；各格之和为 100 %，已按各类图上面积加权；行末为图上占比，"
        "列末为估计占比。",
        "Rows are the map, columns what was seen; all cells add up to 100 % and are weighted by "
        "the mapped area. The last column is the share on the map, the last row the estimate.",
    ),
    "counts": ("混淆矩阵（样点数）", "Confusion matrix in points"),
    "on_map": ("图上占比", "On the map"),
    "estimated": ("估计占比", "Estimated"),
    "sample_map": ("样点位置", "Where the points lie"),
    "sample_map_note": (
        "蓝点相符，红叉不符，灰圈看不清；{n} 个样点有坐标，共 {drawn} 个。",
        "Blue dots agree, red crosses do not, grey rings are unsure; {n} of {drawn} points have "
        "coordinates.",
    ),
    "no_places": (
        "样点表中没有坐标，未画位置图。",
        "The table has no coordinates: no map is drawn.",
    ),
    "wrong_points": ("与分类图不符的样点（逐个）", "Points where the map is wrong"),
    "point": ("样点", "Point"),
    "mapped_as": ("分类图", "Map"),
    "seen_as": ("判读", "Seen"),
    "all_agree": ("全部样点与分类图相符。", "The map is right at every point."),
    "not_covered": (
        "以下各类不足两个样点，其地面不在估计之内：{names}。",
        "Classes with fewer than two points are not covered by any estimate: {names}.",
    ),
    "sample_method": (
        "按 Olofsson 等（2014，Remote Sensing of Environment 148，式 4–11）：各类内随机抽样，"
        "以图上面积为权重估计比例，方差按分层抽样计算，区间为 ±1.96 倍标准误。"
        "仅对各类内随机抽取的样点成立；随机种子 {seed}。",
        "After Olofsson et al. 2014 (Remote Sensing of Environment 148, equations 4 to 11): points "
        "at random within each mapped class, proportions weighted by the mapped area, variances of "
        "stratified sampling, intervals of ±1.96 standard errors. They hold for points drawn at "
        "random in each class only; the seed is {seed}.",
    ),
    "points_file": ("判读后的样点表", "Interpreted points"),
    "key_file": ("答案文件", "Key"),
}
