"""``make bench-screens``: how long people wait at the screen, by the browser's own clock.

Chromium opens the demonstration as its people do, and a mouse marks the lines of a form. What is
timed is timed in the page (``clock.js``): from the moment at which the browser began to load the
page, or took in the click, to the first frame that shows what was waited for. Nothing asks time
and again from outside. ``walk.py`` says what is done, ``report.py`` makes the table.
"""
