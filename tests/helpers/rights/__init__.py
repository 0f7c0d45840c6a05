"""A bureau whose forms stand in every state, for the tests of who may do what.

The users' places: reporter and leader are of 利州, the assessor belongs to 剑阁 and visits 昭化
and 朝天, the head belongs to 青川. A second bureau has one person who holds every role there.

What is attempted as each role, mostly through the external interface, and where; ``MATRIX`` is in
``matrix.py``, ``METHODS`` in ``methods.py``, beside this:

- every model: read, found, written, created, deleted    test_rights_orm (``MATRIX``),
                                                          test_rights_rpc_read
- every field: read                                       test_api_secrets
- every field: written, in every state                    test_api_fields (``WRITABLE``)
- every public method of the addon                        test_rights_rpc_methods (``METHODS``)
- every public method of Odoo, on what is hidden          test_api_secrets
- every move, in every state, by everybody                test_api_moves
- private methods and those that reach with sudo    test_rights_rpc_methods
- other units' forms                                      test_rights_orm, test_rights_rpc_read,
                                                          test_rights_rpc, test_rights_doors
- drafts of the survey; the own unit's survey             test_rights_orm, test_rights_rpc_read
- conditions, sorting, grouping and export as an oracle   test_rights_rpc_read
- the live ranking                                        test_rights_orm, test_rights_rpc_read,
                                                          test_rights_doors (the workbook)
- marks after submission, confirmation and review         test_rights_rpc
- published results; other units' results                 test_rights_rpc, test_rights_orm,
                                                          test_rights_year (server actions)
- other people's signatures, forged ones                  test_rights_doors,
                                                          test_survey_signatures
- files by number, by address, by linking, after locking  test_rights_evidence
- documents and the workbook of what one cannot read      test_rights_doors
- dialogs about a form that one cannot read               test_rights_doors
- the log and its routes: read, forged, deleted           test_rights_log, test_api_secrets
- favourites and what else employees share                test_rights_shared
- who follows a record                                    test_followers
- pages without a login, the shop, the interface          tests/project/test_strangers
- the mail gateway, which works with sudo                 test_rights_log
- another name for oneself                                test_rights_log
- acts that ask for no log                                test_rights_year, test_incident, test_unit
- keys of the context                                     test_rights_year, test_api_secrets
- the other bureau, in both directions                    test_rights_orm, test_api_moves
- different roles of one person in two bureaus            tests/bureaus
- several roles of one person; 回避                       test_rights_orm, test_rights_rpc,
                                                          test_api_moves
"""
