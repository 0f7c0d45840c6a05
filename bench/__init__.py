"""``make bench``: how long the addon takes, beside the bare SQL that does the same.

Each size is a database of its own, a copy of a fresh one, on a PostgreSQL with default durability.
It holds a bureau with so many units and three years: one published, one whose forms are all filed,
one whose forms are being filled in (``bureau.py``). Every measure is a class in a file of its own
(``measures/``). It is taken as an ordinary user of the role concerned, with record rules active, by
calling what the web client calls on the server, without HTTP and browser; its floor is taken in
turn with it (``measuring.py``). ``report.py`` makes the table.

Not measured yet: the whole country (100 000 units), prints as one job on all cores, the same year
in Odoo's survey, in pandas, in LibreOffice and by stored computes, load by many users at once,
faults, several servers.
"""
