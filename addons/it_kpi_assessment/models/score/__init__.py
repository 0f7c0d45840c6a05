from . import it_kpi_score
from . import it_kpi_score_explained
from . import it_kpi_score_line
from . import it_kpi_live
from . import it_kpi_ranking
from . import it_kpi_ranking_line
from . import it_kpi_trial
from . import it_kpi_trial_explained
