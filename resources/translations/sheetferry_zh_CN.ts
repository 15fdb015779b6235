<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Sheetferry</name>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source> by {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source> ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>%</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>% in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>(blank)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>0 switches this level off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>0 takes any free one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>1 alert firing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>1 hour</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>1 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/column_words.py" />
            <source>1 null</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/column_words.py" />
            <source>1 reject</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_model.py" />
            <source>1 row, {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>1 table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>1 table chosen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>15 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>1904 dates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>24 hours of figures in one file of about 5 MB.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>5 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>587 with STARTTLS, 465 with TLS, 25 without.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>60 min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>7/8 of the machine's memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>A read-only look at what is in {0} now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>A task that does not get on for so long is stopped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Acknowledge</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Acknowledged</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Action</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Add</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Add or change a connection…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Address</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Adds rows whose key is not there yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Adds the rows below those that are there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Age</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Age of the oldest open transaction on the server, anybody's.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Alert log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>All</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>All files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>All rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>All text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>All time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Allow other computers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Always</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Ambiguous day and month</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>An idle worker that still holds this much memory is replaced by a fresh one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>An import that runs longer is cancelled; the hard limit is 1.2 times that. 0 means none.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>And {0} more in the alert log.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Any state</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Append</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Archive jobs after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>As date</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>As date and time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>As number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>As true or false</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>As whole number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Ask</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Ask the server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Attempt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Attempts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Automatic</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/health_words.py" />
            <source>Blank rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Busy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>CPU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Can be set by {0} only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Cancel or remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Cancel them and close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Cancel this import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Cancelled imports are rolled back: no rows are left behind.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <source>Cancelled, no rows left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelled, no rows were written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelling</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Categories</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Cell</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Cells as they are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Cells of several kinds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Change</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Change the plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Changed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Charts as a picture (PNG)…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Check</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Checked before commit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Checking {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Clear</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Clear done</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Clears after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Clears below by</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Click the file at the left to give the password.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_model.py" />
            <source>Click to show these rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Close Sheetferry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Column</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Command line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Commit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Committing {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Computed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Connections kept open to the target database.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Connections that we hold, workers included, of pool size plus overflow.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Create</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Critical</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Critical at</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Ctrl+Return</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Cut off at Excel's last row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/database_flow.py" />
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/settings/wording.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>Database</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>Database connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Dates count from 1904</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Dates stored as text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Day and month swapped</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Day first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Debug</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Decides default levels and pool sizes. A packaged build is production, a checkout is development.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Default</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Development</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>Disk and reading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>Disk space</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Done</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Done in {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Done while the alert is critical (lock waits: from the warning on). It undoes itself in the end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Done: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_headers.py" />
            <source>Double-click a row number to make that row the header</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Drop files on any page</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Drop workbooks or folders here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Dry run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>E-mail</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Each reads one workbook at a time. More workers use more memory. Applied at once; running tasks are not stopped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Empty when the server asks for no login.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>End now</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>End of the override</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>English</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Environment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Error cells</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/marks.py" />
            <source>Events</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Every import leaves a receipt here: what was read, what was loaded, and the way back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Everything as in the import, then rolled back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Excel rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Export</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Export list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/history_flow.py" />
            <source>Export the list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Fewer workers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Figures as CSV…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>File and sheet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Files and logs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Files, sheets and tables</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Filter by file, table or error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Find it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Fires after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Firing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Folders</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>For Prometheus and scripts. Every request needs the bearer token that is in the file endpoint-token.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>For all workers together. New jobs wait while they would not fit.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>For good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>For the database and the network; they wait more than they compute.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Formulas never calculated</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Frees memory that reading libraries keep.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>From</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>GB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Give the password</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Give…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Go to Import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Go to job</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>Go to {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>HTTP endpoint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Head, flagged, tail</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Header</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Header row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>Health</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Heartbeat</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Hidden columns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Hidden rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Hidden rows and columns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Hidden sheet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>High</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Highest so far: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>History</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Hold new jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Hold queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Host</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Host name of the outgoing mail server.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>How late the window answers, 95th percentile of the last seconds.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>How long a call waits for a free connection before it fails.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>How many times its usual duration the slowest running job has taken so far.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>How much is written to the log file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>How often an import is tried again when the surroundings failed: a lost connection, a lock, a full server. Faults of the file are never retried.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>How rows meet what is in the table already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>How the connection to the mail server is protected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>I/O threads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Idle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <source>Import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Import 1 row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Import all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Import all {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Import defaults</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Import {0} rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Imports</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Imports you start are listed here while they run, and after they ended until you clear them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>In tables we make</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Include</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Included ones are counted in the warnings.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Info</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Invisible characters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>It cannot start like this</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>It comes and goes, so its end is waited for longer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <source>It could not be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>It failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It has not started; nothing was written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It is the next to start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It is used for this file only and not kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Job over its usual time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Jobs that wait for a worker.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/health_words.py" />
            <source>Keep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Keep as text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Keep charts across restarts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Keep for good</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Keep the password in a file that only you can read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Keep the password in the system keyring</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Keep the window open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Key</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Language and theme</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last 30 days</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last 7 days</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last year</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Lasted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Leading zeros</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Least</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Leave out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <location filename="../../widgets/importing/health_words.py" />
            <source>Left out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Let go to read {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Let go to read {0} workbooks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Light, dark, or as the system has it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Likely cause: {0}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Limit of one inspection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Lineage columns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Load</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Load as NULL</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Load of the whole machine, all cores together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Load the other {0} rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Load the rows that fit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Loaded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <source>Loaded {0} rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Lock waits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/editors.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Locked</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>Log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Log level</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>Log of the selected job</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Logs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Longest transaction</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Look</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Look at the table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Looking into a file gives up after this time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Low</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Lower</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>MB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>MB/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Makes the table; it must not be there yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Manage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Match columns…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Max</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Mean</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>Memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Memory in use, of the machine or of the limit of the container it runs in, whichever is nearer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Memory limit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Mend the cells and drop the workbook here: only these rows are loaded.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Merged cells</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Mode</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Monitor</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Month first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>More than 15 digits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Most</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>NUL bytes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_delegate.py" />
            <location filename="../../widgets/importing/grid_model.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>NULL</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_headers.py" />
            <source>Name of column {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>Needs a password</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Never</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Never in the settings file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>New connection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Next flagged cell (F8)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Next free worker</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>No active alerts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>No files yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>No header</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>No job selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>No other column</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_form.py" />
            <source>No setting found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>No sheet of this workbook holds a table.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>No table found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <source>No table selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>None</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>None found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Normal</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Nothing here that can be read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Nothing imported yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing in the queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing is started at the moment</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Nothing is written until you press Import. Files are only read, never changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Nothing selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing to do</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Nothing to import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>Nothing to report.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Notifications</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Null tokens</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Numbers and dates follow it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Numbers stored as text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Numbers, workbook against table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Older jobs leave this workstation's list; the ledger in the database keeps every import.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>One address, or several with commas between them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>One import is still running.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Only tell</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Open a folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Open as workbook</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>Open files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Open files (Ctrl+O)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Open files…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Open folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Open plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Open the workbook at {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Opened when the pool is used up, closed after.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Opening</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Open…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Our connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitor_flow.py" />
            <location filename="../../app/monitor_outlets.py" />
            <source>Over: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Overflow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Override</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Override active: {0} workers instead of {1}, until the running jobs end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Override active: {0} workers instead of {1}, until {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>Override until jobs end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>Override until {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>PID</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Pages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Password</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Password of {0}:</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/file_panel.py" />
            <source>Paste paths (Ctrl+V)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Pause</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Paused at {0}; sampling goes on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Pending</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Period</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>Pool</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Pool size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Port</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Posts each alert as JSON. Retried; never holds up an import.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Preview</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_view.py" />
            <source>Preview: values as they will arrive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Priority</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Production</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Profile</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Put it first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Puts these rows in place of all that are there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Raise</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Range, header, names, types and target.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Read from text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Reading</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Reading {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Reason</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Recent files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Recycle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Recycle a worker above</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Recycle a worker after</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Recycling</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Reject rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Reject the row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Rejected cells</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Rejected rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Rejected rows allowed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Release queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Remembered mappings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Replace</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Replaced</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Reset to the default</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Resolved</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Retries</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Retry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Retry failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Row {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Rows are counted while they load</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Rows read, loaded and rejected, and the sums of both sides.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Rows sent so far are rolled back; the table stays as it was.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Rows shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Rows {0} to {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>SMTP server</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>SSL mode</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>STARTTLS</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Same header twice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Save and use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Save the password in the system keyring</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/history_flow.py" />
            <source>Save the rejected rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Save the workbook there, then read it again here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Saved connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Schema</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Search file, table, person or import id</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Search settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Security</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>Select a row to see what it does and what you can do.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <source>Select a table at the left to see what will arrive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Send from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Sends each alert by SMTP. The password comes from the system keyring or SHEETFERRY_SMTP_PASSWORD.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Serve figures over HTTP</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Server connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Sessions of everybody on the database server, of its max_connections.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Sessions on the target that wait for a lock. Fewer workers give the others room.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Set aside</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Set by you at {0}. Workers that are too many finish their task and stop.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Set by {0}. Unset it and restart to change it here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Set here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Settings file: {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Settings, queue, logs and the embedded server are here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Settling</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Sheet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/main_window.py" />
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Sheetferry</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Sheetferry finds the tables in every sheet, shows what will arrive, and loads it when you say so.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Sheetferry's folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Show</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Show the receipt</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Silent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Since</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Skip</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Skip existing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Snooze</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Snoozed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Snoozed until {3}: {0} {1}, threshold {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>So far the value must come back behind a level before the level is left.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>So long it must stay back before the alert is resolved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>So long the value must stay beyond a level.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Soft limit of one import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Space in use on the disk that holds Sheetferry's folder and the embedded server.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Spaces around the text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>Spreadsheets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Starting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>State</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Sum</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>TLS</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Table gone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>Table {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Takes effect at the next start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Target</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Target database</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Target table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Task</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Tasks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Testing…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Text</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The commit was sent, but the server did not answer. Asking it again settles the import.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The database is being started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <source>The database is not ready yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/history_flow.py" />
            <source>The database is not ready.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>The export could not be written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>The file has changed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>The loopback address keeps the figures on this computer. Any other needs the next switch too.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>The lowest level that is sent by webhook and e-mail.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>The override of the workers has ended</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>The preview comes as soon as the tables are found.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The same file with the same choices.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>The same rows are in the table already</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>The sender's address.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>The traffic is not encrypted. Needed together with an address that is not the loopback one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The {0} rejected rows are kept to be mended.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Theme</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>This computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Thresholds and alerts</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>Throughput</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Time limits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Time shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>To</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>To decide or rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Today, {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Took</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Total row</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>Trailing blanks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Tray notification</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Try again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/settings_form.py" />
            <source>Try another word or filter.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Try the sample workbook</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Two samples a second, last at {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_headers.py" />
            <source>Type of {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Types</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>UI lag</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>UI lag not measured yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>UI lag {0} ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Unchanged</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/import_flow.py" />
            <source>Unchanged, nothing was loaded twice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/history_flow.py" />
            <source>Undo of {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Undo this import?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Undo, delete {0} rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Undone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Undo…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>Until</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>Until jobs end</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Updates rows with the same key, adds the others.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Upsert</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Use {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>User</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Value</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Values</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>Values as they will arrive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Wait for a connection</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Wait for them, then close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Waiting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>Waiting jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>Waiting to be read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Warning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Warning at</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Warnings only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Watch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Webhook</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>What</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>What a cell such as #N/A becomes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>What you can do</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>When</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>When an alert fires or an import fails while the window is not in front.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Whether text is read as numbers and dates where nothing is lost, only the cells' own kinds count, or every column becomes text.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Why and what was done</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>With 0 one bad row fails the whole import; otherwise good rows load and rejected ones are kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>With the action “Fewer workers”: so many go on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Without progress</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Worker</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_table.py" />
            <location filename="../../widgets/settings/worker_slider.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Worker processes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>Workers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Workers and limits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_settings.py" />
            <source>Workers left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>Workers starting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Yesterday, {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>_import_id and _source_row tell for every row which file and which Excel row it came from.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>about {0} left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>active</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>all jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/settings/worker_slider.py" />
            <source>auto: {0} of {1} cores</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/database_flow.py" />
            <source>built-in PostgreSQL {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>busy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>by our workers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/database_flow.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>connected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>connecting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>cores − 1 in the window, all cores on the command line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>critical</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>days</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>default</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>differs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>done</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>event loop</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>from row {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>from “{0}”</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>https://… The address may hold a secret, so it is never written to a log.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>idle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>import {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>in trans.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>into {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>kept in the keyring</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>limit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>loaded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>max_connections</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>mean</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>min(20, cores × 5) in production, 10 in development</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>min(30, cores × 10) in production, 10 in development</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>min(cores × 5, 20)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>ms</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <source>no data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>no rate while checking</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>not connected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>on hold</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/database_flow.py" />
            <source>on {0}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>others</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>ours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>p95</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>paste file paths</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>postgresql://… or the name of a saved connection. Empty: the embedded PostgreSQL server, started on demand.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>production when packaged, development in a checkout</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>range</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>rows read</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>rows/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>same</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>seconds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/alert_rules.py" />
            <source>sessions</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>skipped</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/database_flow.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>starting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>starts with the first import</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>tasks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>the platform's user-data folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>the table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>threads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <location filename="../../workers/core/alert_rules.py" />
            <source>times</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>to come</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>total not known yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>waiting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>warning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>workbook</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <location filename="../../workers/core/alert_settings.py" />
            <source>workers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>workers and jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>workers, median</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_specs.py" />
            <source>written</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>xlsx, xlsm, xlsb, xls, ods, csv</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>{0} alerts firing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_words.py" />
            <source>{0} and {1} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>{0} columns</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} h {1} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>{0} hours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>{0} imports</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>{0} imports are still running.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>{0} is not a workbook and is left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>{0} minutes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/column_words.py" />
            <source>{0} nulls</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>{0} of {1} busy, {2} waiting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>{0} other files are not workbooks and are left</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>{0} read = {1} load + {2} rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rejected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/history_flow.py" />
            <source>{0} rejected rows are in {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/column_words.py" />
            <source>{0} rejects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rows in {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_model.py" />
            <source>{0} rows, {1} to {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} rows/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>{0} running, {1} waiting</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>{0} settled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/tree_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} tables</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>{0} tables chosen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>{0} times</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>{0} to decide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>{0} waiting imports are kept for the next start.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>{0} workers instead of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>{0} {1}, threshold {2}, firing since {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/grid_panel.py" />
            <source>{0}, found</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/parts/chips.py" />
            <source>{0}, press Delete to remove</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/monitor/chart_card.py" />
            <source>{0}: would have fired {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../widgets/importing/health_list.py" />
            <source>{0}: {1}, change</source>
            <translation type="unfinished" />
        </message>
        <message>
            <location filename="../../workers/core/settings_catalogue.py" />
            <source>简体中文</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
