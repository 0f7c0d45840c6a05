from contextlib import ExitStack

from ..measuring import Measure


class ActingOut(Measure):
    """An act of the division in a transaction that is undone; the floor begins from the same state.

    Its commit is not measured: it is that of any transaction.
    """

    def begin(self):
        self.stack = ExitStack()
        self.env = self.stack.enter_context(self.bureau.acting("division", commit=False))
        self.cycle = self.prepare()
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.mark = self.env.cr.savepoint()

    def prepare(self):
        """Return the cycle, brought to where the act begins."""

    def undo(self):
        """Go back to where the act begins."""
        self.mark.rollback()
        self.env.invalidate_all(flush=False)

    def end(self):
        self.stack.close()
