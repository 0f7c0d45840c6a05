"""``make bench``: how long the addon takes, beside the bare SQL that does the same.

Each size is a database of its own, a copy of a fresh one, on a PostgreSQL with default durability.
It holds a bureau with so many units and three years: one published, one whose forms are all filed,
one whose forms are being filled in (``bureau.py``). Every measure is a class in a file of its own
(``measures/``). It is taken as an ordinary user of the role concerned, with record rules active, by
calling what the web client calls on the server, without HTTP and browser; its floor is taken in
turn with it (``measuring.py``). ``report.py`` makes the tables.

What somebody would use otherwise is a class in a file of its own as well (``rivals/``): it is given
the marks of the year, has to come to the same finals, and is then taken in turn with ours. One of
them is an addon (``addons/``), whose models serve as plain ones to compare with. ``history.py``
copies a year until there are ten, and looks how one of them is read then. ``country.py`` takes a
bureau of 100 000 units, once.

Not measured: faults, and several servers.
"""
