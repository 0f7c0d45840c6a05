"""复核：按公布数据.json中的等次重新计算全部得分和名次，并核对指纹。只用Python自带的库。
用法：python3 recompute.py [通报上印的SHA-256]"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

KINDS = {"assessment": "自评表", "survey": "实地调查考核评价表"}
data = json.loads(Path(__file__).with_name("公布数据.json").read_text("utf-8"))
units, rubric, faults, own = data.pop("units"), data["rubric"], [], {}
points = {part["code"]: Fraction(part["points"]) for part in rubric["indicators"]}
ratios = {part["code"]: Fraction(part["ratio"]) for part in rubric["grades"]}
codes = {part["id"]: part["code"] for part in rubric["indicators"]} | {None: "最终得分"}


def cents(value):  # 四舍五入，保留两位小数
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def check(where, told, value):
    value = f"{float(value):.2f}" if isinstance(value, Fraction) else value
    if told != value:
        faults.append(f"{where}：数据为{told}，计算为{value}")


def sha256(value):
    if not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(value.encode()).hexdigest()


level, found = [sha256(unit) for unit in units], sha256(data)
while len(level) > 1:  # 两两合并，落单的直接上升一层
    pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
    level = [sha256("".join(pair)) if pair[1:] else pair[0] for pair in pairs]
check("各单位数据的指纹", level[0], data["roots"]["sha256"])
check("指纹", found, (sys.argv + [found])[1].lower())
ranked = [unit for unit in units if not unit["withdrawal_reason"]]  # R13：退出的单位不计
for unit in ranked:
    kinds = {fact["kind"] for fact in unit["incidents"] if not fact["is_lifted"]}
    zeroed = {codes[veto["indicator_id"]] for veto in rubric["vetoes"] if veto["kind"] in kinds}
    check(f"{unit['name']}一票否决", unit["vetoed"], "最终得分" in zeroed)
    for kind, line in [(form, line) for form in KINDS for line in unit[form]["lines"] or ()]:
        mine = own.setdefault((kind, line["code"]), {})
        if line["code"] in zeroed:
            mine[unit["id"]] = Fraction(0)  # R7
        elif line["mark"] is not None:
            mine[unit["id"]] = cents(points[line["code"]] * ratios[line["mark"]])  # R1
means = {key: cents(sum(mine.values()) / len(mine)) for key, mine in own.items() if mine}  # R2
for told in data["means"]:
    where, mine = f"{KINDS[told['form']]}第{told['code']}项", own[told["form"], told["code"]]
    check(f"{where}合计", told["sum"], Fraction(sum(mine.values())))
    check(f"{where}单位数", told["count"], len(mine))
for unit in ranked:
    totals = []
    for kind, form in KINDS.items():
        earned, left, full = Fraction(0), Fraction(0), sum(points.values())
        for line in unit[kind]["lines"] or ():  # R8：未报的表没有得分
            code, where = line["code"], f"{unit['name']}{form}第{line['code']}项"
            mean, mine = means.get((kind, code)), own[kind, code]
            score = mine.get(unit["id"], mean)  # R2：无此项的得平均分
            left += 0 if score is None else points[code]  # R3：都没有的项不计
            earned += score or 0
            check(f"{where}得分", line["score"], score)
            check(f"{where}平均分", line["mean"], mean)
            check(f"{where}单位数", line["count"], len(mine))
        totals.append(cents(earned * full / left) if left else Fraction(0))  # R3、R4
        check(f"{unit['name']}{form}最终得分", unit[kind]["total"], totals[-1])
    unit["now"] = Fraction(0) if unit["vetoed"] else cents(sum(totals) / 2)  # R5、R6
    check(f"{unit['name']}否决前得分", unit["before_veto"], cents(sum(totals) / 2))
    check(f"{unit['name']}最终得分", unit["final"], unit["now"])
for unit in ranked:
    gaps = [other["now"] - unit["now"] for other in ranked]  # R9、R10
    place = [1 + sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps) < rubric["last_count"]]
    check(f"{unit['name']}名次和督促整改", [unit["rank"], unit["is_last"]], place)
print(f"单位{len(units)}个，参加排名{len(ranked)}个。SHA-256：{found}")
print("\n".join(faults) or "全部得分、平均分和名次与等次一致。请将上面的指纹与通报上印的核对。")
sys.exit(len(faults) > 0)
