from . import models
from . import reports
from . import wizards
from . import controllers
from .tools import log_privacy

log_privacy.install()
