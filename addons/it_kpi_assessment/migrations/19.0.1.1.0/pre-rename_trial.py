"""Rename the action and the menu of the trial (试算), which were called what-if."""


def migrate(cr, version):
    """Rename the external ids before the data is loaded.

    Otherwise the renamed action would be created beside the old one, and both would have the same
    path in the URL, which has to be unique.
    """
    cr.execute(
        """
        UPDATE ir_model_data
           SET name = replace(name, 'it_kpi_what_if_', 'it_kpi_trial_')
         WHERE module = 'it_kpi_assessment'
           AND name IN ('it_kpi_what_if_action', 'it_kpi_what_if_menu')
        """
    )
