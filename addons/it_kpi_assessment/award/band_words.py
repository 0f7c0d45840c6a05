"""The grades of units (等次) in the words of official papers: Chinese in every language."""

from ..tools.decimals import plain_points

# Why a unit got another grade than its final reaches.
GROUNDS = {
    "veto": "年内发生事件",
    "unfiled": "未报自评表",
    "rectification": "整改尚未完成",
    "quota": "名额限制",
}
EDGES = {
    "nobody": "得分相同而超出名额的一律不列入",
    "everybody": "得分相同而超出名额的一并列入",
}
BARRED = {
    "veto_bar": "年内发生事件的单位",
    "unfiled_bar": "未报自评表的单位",
    "rectification_bar": "以前年度整改尚未完成的单位",
}


def tell_band(given, reached, grounds):
    """Return which grade a unit's final reaches, and why another one was given.

    :param str given: the name of the grade, or nothing where units have no grades
    :param str grounds: keys of ``GROUNDS``, joined by commas
    """
    if not given or not grounds:
        return given and f"得分达到{given}" or ""
    causes = "、".join(GROUNDS[ground] for ground in grounds.split(","))
    return f"得分达到{reached}，因{causes}列为{given}"


def name_grounds(grounds, told):
    """Return why a unit got another grade than its final reaches, in a word or two for a table.

    :param str grounds: keys of ``GROUNDS``, joined by commas, or nothing
    :param told: keys that the table tells in other words already
    """
    return [
        GROUNDS[ground] for ground in (grounds or "").split(",") if ground and ground not in told
    ]


def describe_bands(rubric):
    """Return by which rules units get their grades; an empty text where a rubric has no bands."""
    bands = rubric.band_ids
    if not bands:
        return ""
    steps = [f"{plain_points(band.threshold)}分及以上为{band.name}" for band in bands[:-1]]
    rules = [f"各单位按最终得分评定等次：{'，'.join(steps)}，其余为{bands[-1].name}"]
    if rubric.quota_kind:
        rules.append(_describe_quota(rubric))
    rules += [
        f"{who}，{_describe_bar(bands, rubric[name])}"
        for name, who in BARRED.items()
        if rubric[name]
    ]
    return "".join(f"{rule}。" for rule in rules)


def _describe_quota(rubric):
    quota = plain_points(rubric.quota)
    if rubric.quota_kind == "percent":
        amount = f"{'该类' if rubric.quota_by_kind else ''}参评单位数的{quota}%（不足一个的舍去）"
    else:
        amount = f"{quota}个"
    scope = "每类单位" if rubric.quota_by_kind else ""
    return f"{scope}{rubric.band_ids[0].name}名额不超过{amount}，{EDGES[rubric.quota_edge]}"


def _describe_bar(bands, effect):
    return f"列为{bands[-1].name}" if effect == "lowest" else f"不列为{bands[0].name}"
