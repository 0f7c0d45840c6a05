"""Name the indicator that an incident is about where the rubric has the regulation's own one.

Before, a veto of the final named no indicator, and rectification did not ask for it.
"""


def migrate(cr, version):
    cr.execute(
        """UPDATE it_kpi_veto veto SET concerned_id = indicator.id
             FROM it_kpi_indicator indicator
            WHERE veto.kind = 'network_security' AND veto.effect = 'final'
              AND veto.concerned_id IS NULL AND indicator.rubric_id = veto.rubric_id
              AND indicator.name = '网络安全机制建立及培训情况'"""
    )
