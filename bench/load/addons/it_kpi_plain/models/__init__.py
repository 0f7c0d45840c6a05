from . import plain_part
from . import plain_form
from . import plain_line
