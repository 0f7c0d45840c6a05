"""``make load``: the last hour before the deadline, pressed into minutes, over HTTP.

Odoo runs with workers (prefork) on loopback; simulated people (``people.py``, by locust) log in,
fill in their form, hand over, sign, while the leadership looks at the ranking. What the server has
acknowledged is looked for in the database afterwards (``town.py``). The same traffic goes over a
plain model with as many fields (``addons/it_kpi_plain``), over two servers, and goes on while
things break (``faults.py``). ``report.py`` writes ``docs/load.md``.

Not simulated: the browser, the websocket, and the static files that a browser keeps.
"""
