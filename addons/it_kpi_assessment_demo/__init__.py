from . import models
from .hooks import take_over_old_demonstration
