from odoo import models

NEW_TEXTS = {
    "A": "编制数据资源目录，按要求归集共享，更新及时。",
    "B": "编制数据资源目录，归集共享基本到位。",
    "C": "数据资源目录不完整，归集共享不及时。",
    "D": "未编制数据资源目录。",
}


class ItKpiDemo(models.AbstractModel):
    """A new version of the rubric in preparation, in which every kind of mapping occurs."""

    _inherit = "it.kpi.demo"

    def _draft_rubric(self, year):
        draft = self._get("rubric", "2023").copy({"version": f"{year} 草案"})
        rows = {row.code: row for row in draft.indicator_ids}
        self._merge(rows["01"], rows["02"])
        self._split(rows["09"])
        self._replace(rows["16"])

    def _merge(self, row, other):
        row.write(
            {
                "name": "领导重视与机构协调情况",
                "points": row.points + other.points,
                "predecessor_ids": (row.predecessor_ids | other.predecessor_ids).ids,
            }
        )
        other.unlink()

    def _split(self, row):
        half = row._prepare_copy({grade: grade for grade in row.rubric_id.grade_ids})
        row.write({"name": "网络安全机制建立情况", "form_name": False, "points": 10})
        row.create(
            {
                **half,
                "item_id": row.item_id.id,
                "code": "17",
                "name": "网络安全培训情况",
                "form_name": False,
                "points": 5,
                "predecessor_ids": row.predecessor_ids.ids,
            }
        )

    def _replace(self, row):
        row.write({"code": "18", "name": "数据资源归集共享情况", "predecessor_ids": False})
        for criterion in row.criterion_ids:
            criterion.text = NEW_TEXTS[criterion.grade_id.code]
