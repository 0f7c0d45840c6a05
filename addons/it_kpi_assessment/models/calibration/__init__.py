from . import it_kpi_calibration
from . import it_kpi_calibration_samples
from . import it_kpi_calibration_sheet
from . import it_kpi_calibration_line
from . import it_kpi_calibration_grid
from . import it_kpi_calibration_sheet_grid
