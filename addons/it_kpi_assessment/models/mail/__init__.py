from . import discuss_channel
from . import mail_activity
from . import mail_followers
from . import mail_message
from . import mail_template
from . import mail_thread
