"""核对：按本单位数据.json中本单位的等次和各项平均分重新计算本单位的得分，并核对指纹。
只用Python自带的库，不含其他单位的等次。用法：python3 verify.py [通报上印的SHA-256]"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

KINDS = {"assessment": "自评表", "survey": "实地调查考核评价表"}
data = json.loads(Path(__file__).with_name("本单位数据.json").read_text("utf-8"))
head, unit, faults = data["head"], data["unit"], []
rubric = head["rubric"]
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


root, found = sha256(unit), sha256(head)
for side, neighbour in data["path"]:  # 与相邻的指纹逐层合并
    root = sha256(neighbour + root if side == "left" else root + neighbour)
check("本单位数据的指纹", root, head["roots"]["sha256"])
check("指纹", found, (sys.argv + [found])[1].lower())
means = {}  # R2：有该项指标的单位得分的平均数，没有单位的为None
for part in head["means"]:
    mean = cents(Fraction(part["sum"]) / part["count"]) if part["count"] else None
    means[part["form"], part["code"]] = mean
kinds = {fact["kind"] for fact in unit["incidents"] if not fact["is_lifted"]}
zeroed = {codes[veto["indicator_id"]] for veto in rubric["vetoes"] if veto["kind"] in kinds}
totals = []
for kind, form in KINDS.items():
    earned, left, full = Fraction(0), Fraction(0), sum(points.values())
    for line in unit[kind]["lines"] or ():  # R8：未报的表没有得分
        code = line["code"]
        if code in zeroed:
            score = Fraction(0)  # R7
        elif line["mark"] is not None:
            score = cents(points[code] * ratios[line["mark"]])  # R1
        else:
            score = means[kind, code]  # R2
        left += 0 if score is None else points[code]  # R3：都没有的项不计
        earned += score or 0
        check(f"{form}第{code}项得分", line["score"], score)
        check(f"{form}第{code}项平均分", line["mean"], means[kind, code])
    totals.append(cents(earned * full / left) if left else Fraction(0))  # R3、R4
    if not unit["withdrawal_reason"]:  # R13：退出的单位没有得分
        check(f"{form}最终得分", unit[kind]["total"], totals[-1])
if not unit["withdrawal_reason"]:
    check("否决前得分", unit["before_veto"], cents(sum(totals) / 2))  # R5
    final = Fraction(0) if "最终得分" in zeroed else cents(sum(totals) / 2)  # R6
    check("最终得分", unit["final"], final)
print(f"{unit['name']}：最终得分{unit['final']}，名次{unit['rank']}。SHA-256：{found}")
print("\n".join(faults) or "本单位得分与等次、各项平均分一致。请将上面的指纹与通报上印的核对。")
sys.exit(len(faults) > 0)
