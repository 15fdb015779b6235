<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Sheetferry</name>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source> by {0}</source>
            <translation>，由 {0} 执行</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source> ms</source>
            <translation> 毫秒</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../workers/core/alerts/rules.py" />
            <source>%</source>
            <translation>%</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>% in use</source>
            <translation>% 已用</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <location filename="../../widgets/parts/reject_table.py" />
            <source>(blank)</source>
            <translation>（空白）</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>, </source>
            <translation>，</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>0 switches this level off.</source>
            <translation>填 0 则关闭此级别。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>0 takes any free one.</source>
            <translation>填 0 则任取一个空闲端口。</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>1 alert firing</source>
            <translation>1 条告警触发中</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>1 hour</source>
            <translation>1 小时</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>1 min</source>
            <translation>1 分钟</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/column_wording.py" />
            <source>1 null</source>
            <translation>1 个空值</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/column_wording.py" />
            <source>1 reject</source>
            <translation>1 个拒绝</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/model.py" />
            <source>1 row, {0}</source>
            <translation>1 行，第 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>1 table</source>
            <translation>1 个表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>1 table chosen</source>
            <translation>已选 1 个表</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>15 min</source>
            <translation>15 分钟</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>1904 dates</source>
            <translation>1904 日期系统</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>24 h</source>
            <translation>24 小时</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>24 hours of figures in one file of about 5 MB.</source>
            <translation>24 小时的数据存于一个约 5 MB 的文件中。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>5 min</source>
            <translation>5 分钟</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>587 with STARTTLS, 465 with TLS, 25 without.</source>
            <translation>STARTTLS 用 587，TLS 用 465，不加密用 25。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>6 h</source>
            <translation>6 小时</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>60 min</source>
            <translation>60 分钟</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>7/8 of the machine's memory</source>
            <translation>本机内存的 7/8</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>A change takes effect at the next start.</source>
            <translation>更改在下次启动时生效。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>A file that is still being copied is left alone: it is taken once it has stayed as it is for so long.</source>
            <translation>仍在复制的文件不会处理：文件保持不变达到此时长后才会导入。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>A number of rows, or a share of them such as 1%</source>
            <translation>行数，或比例（如 1%）</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>A query that runs longer is cancelled; the hard limit is 1.2 times that. 0 means none.</source>
            <translation>运行更久的查询会被取消；硬限制为其 1.2 倍。0 表示不限。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>A read-only look at what is in {0} now.</source>
            <translation>只读查看 {0} 当前的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>A task that makes no progress for this long is stopped.</source>
            <translation>任务在这么长时间内没有进展就会被停止。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Acknowledge</source>
            <translation>确认</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Acknowledged</source>
            <translation>已确认</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Action</source>
            <translation>动作</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Add files to be asked</source>
            <translation>添加要查询的文件</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Add or change a connection…</source>
            <translation>添加或更改连接…</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Address</source>
            <translation>地址</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Adds rows whose key is not there yet.</source>
            <translation>只添加主键尚不存在的行。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Adds the rows below those that are there.</source>
            <translation>将行添加到已有的行之后。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Age</source>
            <translation>存活时间</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Age of the oldest open transaction on the server, anybody's.</source>
            <translation>服务器上最早打开的事务的持续时间，不论属于谁。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Alert log</source>
            <translation>告警日志</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>All</source>
            <translation>全部</translation>
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>All files</source>
            <translation>所有文件</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>All rows</source>
            <translation>所有行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>All rows are read and rolled back; nothing changes.</source>
            <translation>读取全部行后回滚；不会更改任何内容。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>All rows of {0} are replaced</source>
            <translation>{0} 的所有行将被替换</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>All text</source>
            <translation>全部作为文本</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>All time</source>
            <translation>全部时间</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>All {0} rows are new</source>
            <translation>全部 {0} 行都是新行</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Allow changes</source>
            <translation>允许更改</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Allow more time in Settings, or import fewer sheets at once.</source>
            <translation>请在“设置”中给予更多时间，或一次导入较少的工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Allow other computers</source>
            <translation>允许其他计算机访问</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Always</source>
            <translation>始终</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Ambiguous day and month</source>
            <translation>日月顺序不明确</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>An earlier version of this sheet went in on {0}</source>
            <translation>此工作表的较早版本已于 {0} 导入</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>An idle worker that still holds this much memory is replaced by a fresh one.</source>
            <translation>空闲进程占用的内存仍超过此值时，将被新进程替换。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>An import that runs longer is cancelled; the hard limit is 1.2 times that. 0 means none.</source>
            <translation>运行超过此时间的导入会被取消；硬性限制为其 1.2 倍。0 表示不限。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>And {0} more in the alert log.</source>
            <translation>另有 {0} 条，见告警日志。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Any state</source>
            <translation>任何状态</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Append</source>
            <translation>追加</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Archive jobs after</source>
            <translation>任务归档期限</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>As date</source>
            <translation>作为日期</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>As date and time</source>
            <translation>作为日期时间</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <source>As it was before, it is kept in {0} until you remove that folder.</source>
            <translation>之前的数据保存在 {0} 中，直到您删除该文件夹。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>As number</source>
            <translation>作为数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>As the system</source>
            <translation>跟随系统</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>As true or false</source>
            <translation>作为布尔值</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>As whole number</source>
            <translation>作为整数</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Ask your data</source>
            <translation>查询您的数据</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Attempt</source>
            <translation>尝试次数</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Attempts</source>
            <translation>尝试次数</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Blank cells leave what is in the table</source>
            <translation>空白单元格保留表中原有的值</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Blank rows</source>
            <translation>空白行</translation>
        </message>
        <message>
            <location filename="../../app/presenters/connection.py" />
            <source>Built-in database</source>
            <translation>内置数据库</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Busy</source>
            <translation>忙碌</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/headers.py" />
            <source>By the cells</source>
            <translation>按单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>By the cells' own kinds only</source>
            <translation>只按单元格自身的类型</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../workers/core/alerts/rules.py" />
            <source>CPU</source>
            <translation>CPU</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>CSV for spreadsheets, texts like formulas guarded</source>
            <translation>供电子表格使用的 CSV（对类似公式的文本加保护）</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>CSV, every text as it is</source>
            <translation>CSV（文本保持原样）</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Can be set by {0} only.</source>
            <translation>只能通过 {0} 设置。</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/explore/explore_page.py" />
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Cancel or remove</source>
            <translation>取消或移除</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Cancel them and close</source>
            <translation>取消导入并关闭</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Cancel this import</source>
            <translation>取消此导入</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Cancelled imports are rolled back: no rows are left behind.</source>
            <translation>取消的导入会回滚：不会留下任何行。</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <source>Cancelled, no rows left</source>
            <translation>已取消，未留下任何行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelled, no rows were written</source>
            <translation>已取消，未写入任何行</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Cancelling</source>
            <translation>正在取消</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Categories</source>
            <translation>类别</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Cell</source>
            <translation>单元格</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Cells as they are</source>
            <translation>保持单元格原样</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Cells of several kinds</source>
            <translation>单元格类型混杂</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Cells that do not fit</source>
            <translation>不合格的单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Change</source>
            <translation>更改</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Change the plan</source>
            <translation>更改方案</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Changed</source>
            <translation>已更改</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Changed cells</source>
            <translation>更改的单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Charts as a picture (PNG)…</source>
            <translation>图表另存为图片 (PNG)…</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Check</source>
            <translation>检查</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Checked before commit</source>
            <translation>提交前已核对</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Checking {0}</source>
            <translation>正在检查 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <source>Choices of the import</source>
            <translation>此次导入的选项</translation>
        </message>
        <message>
            <location filename="../../app/presenters/template.py" />
            <source>Choices of the past import reused</source>
            <translation>已沿用以往导入的选择</translation>
        </message>
        <message>
            <location filename="../../app/presenters/template.py" />
            <source>Choices of {0} reused</source>
            <translation>已沿用 {0} 的选择</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <source>Choices, as a plan file has them</source>
            <translation>选项（与方案文件内容相同）</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose Upsert to change the rows that are there, or take the rows that refer away first.</source>
            <translation>选择“更新插入”以更改已有的行，或先移除引用它们的行。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose a database at the left.</source>
            <translation>请在左侧选择数据库。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose a schema that you may write to, or ask for the right to create one.</source>
            <translation>请选择您可以写入的模式，或申请创建模式的权限。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose another name on the Import page, or append, replace or upsert.</source>
            <translation>请在“导入”页面选择另一个名称，或使用追加、替换或更新插入。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose another name on the Import page.</source>
            <translation>请在“导入”页面选择另一个名称。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose another place for the file.</source>
            <translation>为文件选择其他位置。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose the columns that tell rows apart: Add, beside Key, on the Import page.</source>
            <translation>请选择能区分各行的列：在“导入”页面点击“键”旁的“添加”。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>Choose the columns that tell rows apart: Add, beside Key.</source>
            <translation>请选择能区分各行的列：点击“键”旁的“添加”。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>Choose the columns that tell rows apart; rows that are the same then stay as they are.</source>
            <translation>请选择用来区分各行的列；相同的行将保持不变。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Choose the table's type in the column's card, or another table.</source>
            <translation>请在列卡片中选择该表的类型，或选择另一个表。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Clear</source>
            <translation>清除</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Clear done</source>
            <translation>清除已完成</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Clears after</source>
            <translation>解除前持续</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Clears below by</source>
            <translation>解除回差</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/model.py" />
            <source>Click to show these rows</source>
            <translation>点击显示这些行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <location filename="../../widgets/shell/page.py" />
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Close Sheetferry</source>
            <translation>关闭 Sheetferry</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Close {0}</source>
            <translation>关闭 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Column</source>
            <translation>列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Column of the sheet</source>
            <translation>工作表中的列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Column of the table</source>
            <translation>表中的列</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/column_choice.py" />
            <source>Columns</source>
            <translation>列</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>Columns are matched by name.</source>
            <translation>按名称匹配列。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Columns without a header</source>
            <translation>没有表头的列</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Command line</source>
            <translation>命令行</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Commit</source>
            <translation>提交</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Committing {0}</source>
            <translation>正在提交 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Compare with {0}</source>
            <translation>与 {0} 比较</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Compare…</source>
            <translation>比较…</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Comparing…</source>
            <translation>正在比较…</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Computed</source>
            <translation>自动计算</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Connect as a role that only reads what it has to.</source>
            <translation>请以只读取所需内容的角色连接。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/connection.py" />
            <source>Connected to PostgreSQL {0}.</source>
            <translation>已连接到 PostgreSQL {0}。</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Connections</source>
            <translation>连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Connections beyond the pool size while there is much to do.</source>
            <translation>工作量大时超出连接池大小的连接数。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Connections that we hold, workers included, of pool size plus overflow.</source>
            <translation>本程序占用的连接（含工作进程），相对于连接池大小加溢出。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Connections to the target, those of workers included; fewer where others use the server too.</source>
            <translation>到目标数据库的连接数，含工作进程的连接。服务器有其他人使用时可能更少。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Content already there</source>
            <translation>内容已存在</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>Copy connection</source>
            <translation>复制连接</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Create</source>
            <translation>新建</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Critical</source>
            <translation>严重</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Critical at</source>
            <translation>严重阈值</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Ctrl+Return</source>
            <translation>Ctrl+Return</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Cut off at Excel's last row</source>
            <translation>在 Excel 的最后一行被截断</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/explore/explore_page.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/settings/wording.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>Database</source>
            <translation>数据库</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>Database connections</source>
            <translation>数据库连接</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Databases</source>
            <translation>数据库</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Dates count from 1904</source>
            <translation>日期从 1904 年起算</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Dates stored as text</source>
            <translation>以文本存储的日期</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Day and month swapped</source>
            <translation>日与月颠倒</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Day first</source>
            <translation>日在前</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Debug</source>
            <translation>调试</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Decides default levels and pool sizes. A packaged build is production, a checkout is development.</source>
            <translation>决定默认的告警阈值和连接池大小。打包版本为生产环境，源码检出为开发环境。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Default</source>
            <translation>默认</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Default database</source>
            <translation>默认数据库</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Delete the result</source>
            <translation>删除结果</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Details</source>
            <translation>详情</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Development</source>
            <translation>开发环境</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Disk</source>
            <translation>磁盘</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>Disk and reading</source>
            <translation>磁盘与读取</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>Disk space</source>
            <translation>磁盘空间</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Do not load</source>
            <translation>不载入</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Done in {0}</source>
            <translation>用时 {0} 完成</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Done while the alert is critical (lock waits: from the warning on). It undoes itself in the end.</source>
            <translation>在告警达到严重时执行（锁等待：从警告起）。告警结束后自动恢复。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Done: {0}.</source>
            <translation>已采取措施：{0}。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/headers.py" />
            <source>Double-click a row number to make that row the header</source>
            <translation>双击行号可将该行设为表头</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Drop files on any page</source>
            <translation>可将文件拖放到任何页面</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Drop workbooks or folders here</source>
            <translation>将工作簿或文件夹拖放到这里</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Dry run</source>
            <translation>试运行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Dry run under way</source>
            <translation>正在试运行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Dry run: it would fail</source>
            <translation>试运行：导入会失败</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Dry run: {0} of {1} rows would go into {2}</source>
            <translation>试运行：{1} 行中的 {0} 行将写入 {2}</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <source>Dry run: {0} rows would load</source>
            <translation>试运行：将载入 {0} 行</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>E-mail</source>
            <translation>电子邮件</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Each has a worker process and a database session of its own; further ones wait their turn. Imports and queries never wait for each other.</source>
            <translation>每个查询有自己的工作进程和数据库会话；其余的排队等候。导入与查询互不等待。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Each reads one workbook at a time. More workers use more memory. Applied at once; running tasks are not stopped.</source>
            <translation>每个进程一次读取一个工作簿。进程越多，占用内存越多。立即生效；运行中的任务不会停止。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Empty when the server asks for no login.</source>
            <translation>服务器不要求登录时留空。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>End now</source>
            <translation>立即结束</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>End of the override</source>
            <translation>临时设置的结束时间</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>End the snooze</source>
            <translation>结束暂缓</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <location filename="../../app/services/monitor_outlets.py" />
            <source>Ended: {0}</source>
            <translation>已结束：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>English</source>
            <translation>English</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Environment</source>
            <translation>环境变量</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Error cells</source>
            <translation>错误单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/marks.py" />
            <source>Events</source>
            <translation>事件</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Every changed cell:</source>
            <translation>所有更改的单元格：</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Every column as text</source>
            <translation>所有列均为文本</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Every import leaves a receipt here: what was read, what was loaded, and the way back.</source>
            <translation>每次导入都会在这里留下回执：读取了什么、载入了什么，以及如何撤销。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Everything as in the import, then rolled back</source>
            <translation>一切与正式导入相同，最后回滚</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Everything is rolled back in the end.</source>
            <translation>最后全部回滚。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Excel rows</source>
            <translation>Excel 行</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>Excel workbook</source>
            <translation>Excel 工作簿</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Explore</source>
            <translation>探索</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Export</source>
            <translation>导出</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>Export CSV…</source>
            <translation>导出 CSV…</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>Export Excel…</source>
            <translation>导出 Excel…</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Export list</source>
            <translation>导出列表</translation>
        </message>
        <message>
            <location filename="../../app/presenters/history.py" />
            <source>Export the list</source>
            <translation>导出列表</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>Export {0}</source>
            <translation>导出 {0}</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Fewer imports run at the moment</source>
            <translation>目前同时运行的导入较少</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Fewer workers</source>
            <translation>减少工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Figures as CSV…</source>
            <translation>数据另存为 CSV…</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>File</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>File and sheet</source>
            <translation>文件和工作表</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Files and logs</source>
            <translation>文件和日志</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Files and results</source>
            <translation>文件和结果</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Files, sheets and tables</source>
            <translation>文件、工作表和表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Fill down</source>
            <translation>向下填充</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Filter by file, table or error</source>
            <translation>按文件、表或错误筛选</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Find it</source>
            <translation>自动查找</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Fires after</source>
            <translation>触发前持续</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Firing</source>
            <translation>触发中</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>Folder</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Folders</source>
            <translation>文件夹</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>For Prometheus and scripts. Every request needs the bearer token that is in the file endpoint-token.</source>
            <translation>供 Prometheus 和脚本使用。每个请求都需要 endpoint-token 文件中的持有者令牌。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>For all workers together. New jobs wait while they would not fit.</source>
            <translation>所有工作进程合计。放不下时，新任务会等待。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>For good</source>
            <translation>永久</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>For the database and the network; they wait more than they compute.</source>
            <translation>用于数据库和网络操作；它们等待多于计算。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Forget jobs after</source>
            <translation>多久后忘记作业</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <source>Forget {0}</source>
            <translation>忘记 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Formulas never calculated</source>
            <translation>从未计算过的公式</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Frees memory that reading libraries keep.</source>
            <translation>释放读取库所占用的内存。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>From</source>
            <translation>发件人</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <location filename="../../workers/core/settings/queries.py" />
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>GB</source>
            <translation>GB</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Give one of them another name in its card on the Import page.</source>
            <translation>请在“导入”页面的列卡片中给其中一列另取名称。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Give the parameter a value beside the editor.</source>
            <translation>请在编辑器旁为参数填写值。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Give the password</source>
            <translation>输入密码</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <source>Give the password…</source>
            <translation>输入密码…</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>Give the table a name.</source>
            <translation>请为表命名。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Give…</source>
            <translation>输入…</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Go on</source>
            <translation>继续</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Go to Import</source>
            <translation>前往导入</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Go to job</source>
            <translation>前往任务</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>Go to {0}</source>
            <translation>转到 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>HTTP endpoint</source>
            <translation>HTTP 端点</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Head, flagged, tail</source>
            <translation>开头、有标记的行、结尾</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Header</source>
            <translation>表头</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Header row</source>
            <translation>表头行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>Health</source>
            <translation>健康检查</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Heartbeat</source>
            <translation>心跳</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Held</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Hidden columns</source>
            <translation>隐藏的列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Hidden rows</source>
            <translation>隐藏的行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Hidden rows and columns</source>
            <translation>隐藏的行和列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Hidden sheet</source>
            <translation>隐藏的工作表</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Hidden sheets are left out until you choose them.</source>
            <translation>隐藏的工作表在您选择之前不会载入。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>High</source>
            <translation>高</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Highest</source>
            <translation>最高</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Highest so far: {0}.</source>
            <translation>目前最高值：{0}。</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/history_panel.py" />
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Hold new jobs</source>
            <translation>暂停新任务</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Hold queue</source>
            <translation>暂停队列</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Host</source>
            <translation>主机</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Host name of the outgoing mail server.</source>
            <translation>发件邮件服务器的主机名。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>How far the value must come back behind a level before the level is left.</source>
            <translation>数值须回落到级别以下这么多，才算离开该级别。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>How late the window answers, 95th percentile of the last seconds.</source>
            <translation>窗口响应的延迟，取最近几秒的第 95 百分位。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>How long a call waits for a free connection before it fails.</source>
            <translation>等待空闲连接的最长时间，超时即失败。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>How long it must stay back before the alert is resolved.</source>
            <translation>数值须保持回落这么久，告警才会解除。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>How long the value must stay beyond a level.</source>
            <translation>数值须持续超过级别这么久。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>How many go on with the action “Fewer workers”.</source>
            <translation>动作为“减少工作进程”时：保留这么多个继续运行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>How many times its usual duration the slowest running job has taken so far.</source>
            <translation>最慢的运行中任务目前已用时间是其通常用时的几倍。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>How much is written to the log file.</source>
            <translation>写入日志文件的详细程度。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>How often an import is tried again when the surroundings failed: a lost connection, a lock, a full server. Faults of the file are never retried.</source>
            <translation>因外部原因（连接中断、锁、服务器已满）失败时，导入重试的次数。文件本身的问题从不重试。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>How rows meet what is in the table already.</source>
            <translation>导入的行如何与表中已有的行合并。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>How the connection to the mail server is protected.</source>
            <translation>与邮件服务器的连接如何加密。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>I/O threads</source>
            <translation>I/O 线程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>If nothing has changed since, nothing is loaded twice.</source>
            <translation>如果此后没有变化，则不会重复载入。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Import</source>
            <translation>导入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Import 1 row</source>
            <translation>导入 1 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Import all</source>
            <translation>全部导入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Import all {0}</source>
            <translation>全部导入 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Import although the same rows are in the table</source>
            <translation>即使表中已有相同的行也导入</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Import defaults</source>
            <translation>导入默认值</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Import now</source>
            <translation>立即导入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Import only these {0} rows</source>
            <translation>只导入这 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Import only this row</source>
            <translation>只导入这一行</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Import that workbook alone.</source>
            <translation>请单独导入该工作簿。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Import {0} rows</source>
            <translation>导入 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Imports</source>
            <translation>导入</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>Imports can be undone for</source>
            <translation>导入可撤销的期限</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Imports go on, but the queue cannot be saved</source>
            <translation>导入继续进行，但无法保存队列</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Imports into one server a minute</source>
            <translation>每分钟对同一服务器的导入数</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Imports you start are listed here while they run, and after they ended until you clear them.</source>
            <translation>您启动的导入会在运行时列在这里，结束后保留，直到您清除。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>In tables that the import makes</source>
            <translation>在导入所新建的表中</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>In tables we make</source>
            <translation>在本程序新建的表中</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>In the sheet</source>
            <translation>工作表中</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>In the table</source>
            <translation>表中</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Include</source>
            <translation>包含</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Included ones are counted in the warnings.</source>
            <translation>包含的行和列会计入警告。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Info</source>
            <translation>信息</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Insert the name</source>
            <translation>插入名称</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Inspecting a file is given up after this time.</source>
            <translation>检查文件超过此时间即放弃。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Invisible characters</source>
            <translation>不可见字符</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>It cannot start like this</source>
            <translation>这样无法开始</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>It comes and goes, so its end is waited for longer.</source>
            <translation>此值反复波动，因此会等待更久才视为结束。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/imports.py" />
            <source>It could not be read.</source>
            <translation>无法读取。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>It failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>It had ended uncleanly and cannot read: {0}. `sheetferry doctor` says what to do.</source>
            <translation>它曾非正常结束，无法读取：{0}。`sheetferry doctor` 会说明该怎么做。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It has not started; nothing was written.</source>
            <translation>尚未开始；没有写入任何内容。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It is the next to start.</source>
            <translation>它将是下一个开始的任务。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It is used for this file only and not kept.</source>
            <translation>仅用于此文件，不会保存。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It starts by itself as soon as a connection is free; nothing was written.</source>
            <translation>一有空闲连接就会自动开始；尚未写入任何内容。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>It starts when no other import runs, and this machine may become slow.</source>
            <translation>没有其他导入运行时才会启动，本机可能会变慢。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>It was cancelled.</source>
            <translation>已取消。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>It was stopped.</source>
            <translation>已停止。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Job over its usual time</source>
            <translation>任务超出通常用时</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Jobs</source>
            <translation>任务</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Jobs that wait for a worker.</source>
            <translation>等待工作进程的任务。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Keep as text</source>
            <translation>保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Keep charts across restarts</source>
            <translation>重启后保留图表数据</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Keep for good</source>
            <translation>永久保留</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Keep it (pin)</source>
            <translation>保留（固定）</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Keep the password in a file that only you can read</source>
            <translation>将密码保存在只有您能读取的文件中</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Keep the password in the system keyring</source>
            <translation>将密码保存在系统密钥环中</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Keep the window open</source>
            <translation>保持窗口打开</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Keep these choices as a small text for `sheetferry import --plan`</source>
            <translation>将这些选择保存为小文本文件，供 `sheetferry import --plan` 使用</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Key</source>
            <translation>键</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Language</source>
            <translation>语言</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Language and theme</source>
            <translation>语言和主题</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last 30 days</source>
            <translation>最近 30 天</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last 7 days</source>
            <translation>最近 7 天</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Last year</source>
            <translation>最近一年</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Lasted</source>
            <translation>持续</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Leading zeros</source>
            <translation>前导零</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Leave blank</source>
            <translation>留空</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Leave out</source>
            <translation>排除</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Left out</source>
            <translation>已排除</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Let go to read {0}</source>
            <translation>松开即可读取 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Let go to read {0} workbooks</source>
            <translation>松开即可读取 {0} 个工作簿</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Let it go by age</source>
            <translation>按期限清除</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Light, dark, or as the system has it.</source>
            <translation>浅色、深色或跟随系统。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Likely cause: {0}.</source>
            <translation>可能的原因：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Limit of one inspection</source>
            <translation>单次检查的时限</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Lineage columns</source>
            <translation>来源列</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Load</source>
            <translation>载入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Load all rows</source>
            <translation>加载所有行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Load as NULL</source>
            <translation>载入为 NULL</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Load it too</source>
            <translation>一并载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Load of the whole machine, all cores together.</source>
            <translation>整台机器的负载，所有核心合计。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Load the other {0} rows</source>
            <translation>载入其余 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Load the rows that fit</source>
            <translation>载入合格的行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Loaded</source>
            <translation>已载入</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <source>Loaded {0} rows</source>
            <translation>已载入 {0} 行</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <source>Loaded {0} tables, {1} rows</source>
            <translation>已载入 {0} 个表，{1} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Loading</source>
            <translation>正在载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Lock waits</source>
            <translation>锁等待</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/editors.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Log</source>
            <translation>日志</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Log level</source>
            <translation>日志级别</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Log of the import</source>
            <translation>此次导入的日志</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>Log of the selected job</source>
            <translation>所选任务的日志</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Logs</source>
            <translation>日志</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Longest transaction</source>
            <translation>最长事务</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Look</source>
            <translation>查看</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Look at the rows</source>
            <translation>查看行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Look at the table</source>
            <translation>查看表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Low</source>
            <translation>低</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Lower</source>
            <translation>降低</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Lowest</source>
            <translation>最低</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>MB/s</source>
            <translation>MB/秒</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Make a table</source>
            <translation>生成表</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Make a table of the result</source>
            <translation>将结果生成表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Makes the table; it must not be there yet.</source>
            <translation>新建表；该表必须尚不存在。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Manage</source>
            <translation>管理</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Match columns</source>
            <translation>匹配列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Match columns…</source>
            <translation>匹配列…</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Match the columns and leave this one out: the table computes it.</source>
            <translation>匹配列时不载入此列：由表自行计算。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Match the columns on the Import page, or choose another table.</source>
            <translation>请在“导入”页面匹配列，或选择另一个表。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Match the columns on the Import page, so that this one is filled.</source>
            <translation>请在“导入”页面匹配列，使该列得到填充。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Match the columns: leave this one out, or send it to the table's own to keep its values.</source>
            <translation>匹配列：不载入此列，或对应到表中同名列以保留其值。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Max</source>
            <translation>最大值</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Memory</source>
            <translation>内存</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Memory in use, of the machine or of the limit of the container it runs in, whichever is nearer.</source>
            <translation>已用内存，相对于机器内存或所在容器的上限，取较紧的一个。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Memory limit</source>
            <translation>内存上限</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Mend that one, or import the tables each on its own.</source>
            <translation>修正那个表，或分别导入各表。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Mend the cells and drop the workbook here: only these rows are loaded.</source>
            <translation>改正单元格后将工作簿拖放到这里：只载入这些行。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Mend the cells, make the column text, or load the other rows.</source>
            <translation>请改正这些单元格，将该列设为文本，或载入其余的行。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Merged cells</source>
            <translation>合并单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Min</source>
            <translation>最小值</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Mode</source>
            <translation>方式</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Monitor</source>
            <translation>监视</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Month first</source>
            <translation>月在前</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>More than 15 digits</source>
            <translation>超过 15 位数字</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>NUL bytes</source>
            <translation>NUL 字节</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/delegate.py" />
            <location filename="../../widgets/importing/preview/model.py" />
            <location filename="../../widgets/table_preview/head_model.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>NULL</source>
            <translation>NULL</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/headers.py" />
            <source>Name of column {0}</source>
            <translation>列 {0} 的名称</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Name of the new table:</source>
            <translation>新表的名称：</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Names, types and the target were taken over; a mode that takes rows away was not.</source>
            <translation>沿用了名称、类型和目标；写入方式没有沿用会删除行的选择。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>Needs a password</source>
            <translation>需要密码</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Never</source>
            <translation>从不</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>New column {0}</source>
            <translation>新列 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>New connection</source>
            <translation>新建连接</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>New tab (Ctrl+T)</source>
            <translation>新标签页 (Ctrl+T)</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>New workbooks in it are imported while the window is open, then moved to its folders done and failed. Empty watches nothing.</source>
            <translation>窗口打开期间，其中的新工作簿会被导入，然后移到其下的 done 和 failed 文件夹。留空则不监视。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Next flagged cell (F8)</source>
            <translation>下一个有标记的单元格 (F8)</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Next free worker</source>
            <translation>下一个空闲的工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>No active alerts</source>
            <translation>无活动告警</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>No files yet</source>
            <translation>还没有文件</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>No header</source>
            <translation>无表头</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>No job selected</source>
            <translation>未选择任务</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>No more imports than this start in any minute; the others wait and say why. 0 means no limit.</source>
            <translation>任意一分钟内启动的导入不超过此数；其余的会等待并说明原因。0 表示不限。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>No other column</source>
            <translation>没有其他列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>No row of the table gets other values.</source>
            <translation>表中没有行的值会改变。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_form.py" />
            <source>No setting found</source>
            <translation>未找到设置</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <source>No sheet of this workbook holds a table.</source>
            <translation>此工作簿的工作表中没有表。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>No table found</source>
            <translation>未找到表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>No table selected</source>
            <translation>未选择表</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>None</source>
            <translation>无</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>None found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Normal</source>
            <translation>普通</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>Not all settings could be read</source>
            <translation>部分设置无法读取</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Not filled: {0}.</source>
            <translation>未填充：{0}。</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>Nothing here that can be read</source>
            <translation>这里没有可读取的内容</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Nothing imported yet</source>
            <translation>尚未导入任何内容</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing in the queue</source>
            <translation>队列为空</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <source>Nothing is remembered yet. The choices of every import that was loaded are kept here.</source>
            <translation>还没有记住任何内容。每次成功导入的选择都会保存在这里。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing is started at the moment</source>
            <translation>目前不会启动任何任务</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Nothing is written until you press Import. Files are only read, never changed.</source>
            <translation>在您按“导入”之前不会写入任何内容。文件只会被读取，绝不会被修改。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Nothing selected</source>
            <translation>未选择任何内容</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Nothing to do</source>
            <translation>无需操作</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <source>Nothing to import</source>
            <translation>没有可导入的内容</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>Nothing to report.</source>
            <translation>没有需要报告的问题。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>Nothing was kept.</source>
            <translation>没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Nothing would be loaded</source>
            <translation>不会载入任何内容</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Notifications</source>
            <translation>通知</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Null tokens</source>
            <translation>空值标记</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Numbers and dates follow it.</source>
            <translation>数字和日期的格式随之变化。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Numbers and dates stored as text too</source>
            <translation>也包括以文本存储的数字和日期</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Numbers stored as text</source>
            <translation>以文本存储的数字</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Numbers, workbook against table</source>
            <translation>数字核对：工作簿与表</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>Of all that is kept in a database; with more the oldest goes first.</source>
            <translation>一个数据库中所有保留内容的总量；超过时先移除最旧的。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Older jobs leave this workstation's list; the ledger in the database keeps every import.</source>
            <translation>较早的任务会从本机列表中移出；数据库中的台账保留每次导入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Older ones are deleted from this workstation's list; the ledger in the database keeps every import.</source>
            <translation>更早的作业将从本工作站的列表中删除；数据库中的账本保留每次导入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>One address, or several with commas between them.</source>
            <translation>一个地址，或用逗号分隔的多个地址。</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>One import is still running.</source>
            <translation>仍有一个导入在运行。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Only an upsert changes rows that are there.</source>
            <translation>只有更新插入才会更改已有的行。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Only new and changed rows</source>
            <translation>仅新增和更改的行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Only new and changed rows are loaded</source>
            <translation>仅加载新增和更改的行</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Only tell</source>
            <translation>仅通知</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Only with a key.</source>
            <translation>仅在有键时可用。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Open a folder</source>
            <translation>打开文件夹</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Open as workbook</source>
            <translation>以工作簿打开</translation>
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>Open files</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Open files (Ctrl+O)</source>
            <translation>打开文件 (Ctrl+O)</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Open files…</source>
            <translation>打开文件…</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Open folder…</source>
            <translation>打开文件夹…</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Open plan</source>
            <translation>打开方案</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Open the workbook at {0}</source>
            <translation>在 {0} 处打开工作簿</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Opening</source>
            <translation>正在打开</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>Open…</source>
            <translation>打开…</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Options of this import</source>
            <translation>此导入的选项</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Options…</source>
            <translation>选项…</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Order of day and month</source>
            <translation>日和月的顺序</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Origin of each row</source>
            <translation>每行的来源</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Our connections</source>
            <translation>本程序的连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Overflow</source>
            <translation>溢出</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Override</source>
            <translation>临时设置</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Override active: {0} instead of {1} workers, until the running jobs end</source>
            <translation>临时设置生效：{0} 个工作进程，而非 {1} 个，直到运行中的任务结束</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Override active: {0} instead of {1} workers, until {2}</source>
            <translation>临时设置生效：{0} 个工作进程，而非 {1} 个，直到 {2}</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>Override until jobs end</source>
            <translation>临时设置到任务结束</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>Override until {0}</source>
            <translation>临时设置到 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>PID</source>
            <translation>PID</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Pages</source>
            <translation>页面</translation>
        </message>
        <message>
            <location filename="../../app/presenters/queue.py" />
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Password</source>
            <translation>密码</translation>
        </message>
        <message>
            <location filename="../../app/presenters/queue.py" />
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Password of {0}:</source>
            <translation>{0} 的密码：</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/panel.py" />
            <source>Paste paths (Ctrl+V)</source>
            <translation>粘贴路径 (Ctrl+V)</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Paused at {0}; sampling goes on</source>
            <translation>已暂停于 {0}；采样仍在继续</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Pending</source>
            <translation>待定</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Period</source>
            <translation>时段</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Place {0} in the queue of queries</source>
            <translation>查询队列中的第 {0} 位</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>Plan</source>
            <translation>方案</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>Pool</source>
            <translation>进程池</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Pool size</source>
            <translation>连接池大小</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Port</source>
            <translation>端口</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Posts each alert as JSON. Retried; never holds up an import.</source>
            <translation>以 JSON 发送每条告警。会重试；绝不拖延导入。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Preview</source>
            <translation>预览</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/view.py" />
            <source>Preview: values as they will arrive</source>
            <translation>预览：数值将按此载入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Priority</source>
            <translation>优先级</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Production</source>
            <translation>生产环境</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Profile</source>
            <translation>配置方案</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Progress</source>
            <translation>进度</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Proposed for new connections. Never in the settings file.</source>
            <translation>新建连接时的建议值。绝不写入设置文件。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Put it first</source>
            <translation>排到最前</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Puts these rows in place of all that are there.</source>
            <translation>用这些行替换表中已有的全部行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Queries</source>
            <translation>查询</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Queries at once</source>
            <translation>同时运行的查询</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Queries that wait for their turn.</source>
            <translation>等待轮到自己的查询。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Query {0}</source>
            <translation>查询 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Queue</source>
            <translation>队列</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Raise</source>
            <translation>提升</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Range</source>
            <translation>范围</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Range, header, names, types and target.</source>
            <translation>范围、表头、名称、类型和目标。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Rate limit</source>
            <translation>速率限制</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Read</source>
            <translation>读取</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>Read again</source>
            <translation>重新读取</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Read from text</source>
            <translation>从文本读取</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Read the catalogue again (F5)</source>
            <translation>重新读取目录 (F5)</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Read the file again on the Import page (F5): it has changed.</source>
            <translation>请在“导入”页面重新读取该文件 (F5)：它已更改。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Reading</source>
            <translation>正在读取</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <source>Reading the ledger</source>
            <translation>正在读取台账</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <location filename="../../widgets/table_preview/window.py" />
            <source>Reading {0}</source>
            <translation>正在读取 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Reason</source>
            <translation>原因</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Receipt</source>
            <translation>回执</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Recent files</source>
            <translation>最近的文件</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Recycle</source>
            <translation>更换</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Recycle a worker above</source>
            <translation>内存超过此值时更换进程</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Recycle a worker after</source>
            <translation>完成此数量任务后更换进程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Recycling</source>
            <translation>正在更换</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Reject both rows</source>
            <translation>两行都拒绝</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Reject rows</source>
            <translation>拒绝这些行</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Reject the row</source>
            <translation>拒绝该行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Rejected</source>
            <translation>被拒绝</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Rejected cells</source>
            <translation>被拒绝的单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Rejected rows</source>
            <translation>被拒绝的行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Rejected rows allowed</source>
            <translation>允许的拒绝行数</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Release queue</source>
            <translation>恢复队列</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <location filename="../../widgets/importing/welcome.py" />
            <source>Remembered mappings</source>
            <translation>记住的映射</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Replaced</source>
            <translation>已被替换</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>Replaced and changed rows are kept in schema sheetferry_kept for so long, then let go of at the next import.</source>
            <translation>被替换和更改的行在模式 sheetferry_kept 中保留这么久，之后在下一次导入时移除。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Reset to the default</source>
            <translation>恢复默认值</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Resolved</source>
            <translation>已解除</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Results</source>
            <translation>结果</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Results of queries are kept on this machine; with more than this the oldest goes first. Pinned ones stay.</source>
            <translation>查询结果保存在本机；超过此空间时先删除最旧的。已固定的会保留。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Retries</source>
            <translation>重试次数</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/job_details.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Retry</source>
            <translation>重试</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Retry failed</source>
            <translation>重试失败项</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>Roll back</source>
            <translation>回滚</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Room for results</source>
            <translation>结果空间</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>Row</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Row {0}</source>
            <translation>第 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Rows are counted while they load</source>
            <translation>载入时统计行数</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>Rows are told apart by {0}; those that are the same stay as they are.</source>
            <translation>各行按 {0} 区分；相同的行保持不变。</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_grid.py" />
            <source>Rows of the result</source>
            <translation>结果的行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Rows read, loaded and rejected, and the sums of both sides.</source>
            <translation>读取、载入和拒绝的行数，以及两边的合计。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Rows sent so far are rolled back; the table stays as it was.</source>
            <translation>已发送的行会回滚；表保持原样。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Rows shown</source>
            <translation>显示的行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Rows {0} to {1}</source>
            <translation>第 {0} 到 {1} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Run</source>
            <translation>运行</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Run all</source>
            <translation>全部运行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Run alone</source>
            <translation>单独运行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Run it alone</source>
            <translation>单独运行</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Running</source>
            <translation>运行中</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>SMTP server</source>
            <translation>SMTP 服务器</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>SQL of {0}</source>
            <translation>{0} 的 SQL</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>SSL mode</source>
            <translation>SSL 模式</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>STARTTLS</source>
            <translation>STARTTLS</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Same header twice</source>
            <translation>表头重复</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Same key twice</source>
            <translation>键重复</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Save and use</source>
            <translation>保存并使用</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Save as…</source>
            <translation>另存为…</translation>
        </message>
        <message>
            <location filename="../../app/presenters/plan.py" />
            <location filename="../../app/presenters/template.py" />
            <source>Save plan</source>
            <translation>保存方案</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <source>Save plan…</source>
            <translation>保存方案…</translation>
        </message>
        <message>
            <location filename="../../app/presenters/plan.py" />
            <source>Save receipt</source>
            <translation>保存回执</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Save receipt…</source>
            <translation>保存回执…</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Save the password in the system keyring</source>
            <translation>将密码保存在系统密钥环中</translation>
        </message>
        <message>
            <location filename="../../app/presenters/history.py" />
            <source>Save the rejected rows</source>
            <translation>保存被拒绝的行</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Save the result</source>
            <translation>保存结果</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Save the result as {0}</source>
            <translation>将结果另存为 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Save the workbook there, then read it again here.</source>
            <translation>在那里保存工作簿，然后在这里重新读取。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <source>Save {0} as a plan…</source>
            <translation>将 {0} 保存为方案…</translation>
        </message>
        <message>
            <location filename="../../app/presenters/plan.py" />
            <source>Saved as {0}</source>
            <translation>已保存为 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Saved connections</source>
            <translation>已保存的连接</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Schema</source>
            <translation>模式</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>Search file, table, person or import id</source>
            <translation>搜索文件、表、人员或导入编号</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Search settings</source>
            <translation>搜索设置</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/history_panel.py" />
            <source>Search statements</source>
            <translation>搜索语句</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Security</source>
            <translation>安全性</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>Select a row to see what it does and what you can do.</source>
            <translation>选择一行，查看它在做什么以及您能做什么。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Select a table at the left to see what will arrive.</source>
            <translation>在左侧选择一个表，查看将载入的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Send from</source>
            <translation>发送级别</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Sends each alert by SMTP. The password comes from the system keyring or SHEETFERRY_SMTP_PASSWORD.</source>
            <translation>通过 SMTP 发送每条告警。密码取自系统密钥环或 SHEETFERRY_SMTP_PASSWORD。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Serve figures over HTTP</source>
            <translation>通过 HTTP 提供数据</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Server connections</source>
            <translation>服务器连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Sessions of everybody on the database server, of its max_connections.</source>
            <translation>数据库服务器上所有人的会话，相对于其 max_connections。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Sessions on the target that wait for a lock. Fewer workers give the others room.</source>
            <translation>目标数据库上等待锁的会话。减少工作进程可为其他会话让路。</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Set a smaller range on the Import page.</source>
            <translation>请在“导入”页面设置较小的范围。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Set aside</source>
            <translation>已搁置</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Set by you at {0}. Workers that are too many finish their task and stop.</source>
            <translation>由您于 {0} 设置。多余的工作进程完成当前任务后停止。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>Set by {0}. Unset it and restart to change it here.</source>
            <translation>由 {0} 设置。取消该设置并重启后才能在此更改。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Set here</source>
            <translation>在此设置</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Settings file: {0}</source>
            <translation>设置文件：{0}</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Settings, Database, says what an administrator can run; or import without the ledger.</source>
            <translation>“设置”的“数据库”中列出了管理员可以运行的语句；也可以不用账本导入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Settings, queue, logs and the built-in server are here.</source>
            <translation>设置、队列、日志和内置服务器都在这里。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Settle it now</source>
            <translation>立即核实</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Settle now</source>
            <translation>立即核实</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>Settling</source>
            <translation>正在确认结果</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Sheet</source>
            <translation>工作表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Sheet cannot be read</source>
            <translation>无法读取工作表</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/main_window.py" />
            <location filename="../../widgets/shell/sidebar.py" />
            <source>Sheetferry</source>
            <translation>Sheetferry</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Sheetferry finds the tables in every sheet, shows what will arrive, and loads it when you say so.</source>
            <translation>Sheetferry 找出每个工作表中的表，展示将载入的内容，待您确认后载入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Sheetferry's folder</source>
            <translation>Sheetferry 的文件夹</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <location filename="../../widgets/settings/settings_page.py" />
            <source>Show</source>
            <translation>显示</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Show the receipt</source>
            <translation>显示回执</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Silent</source>
            <translation>无响应</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Since</source>
            <translation>开始时间</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Skip existing</source>
            <translation>跳过已有的行</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Snooze</source>
            <translation>暂缓</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Snoozed</source>
            <translation>已暂缓</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Snoozed until {0}</source>
            <translation>暂缓至 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>Snoozed until {3}: {0} {1}, threshold {2}</source>
            <translation>已暂缓到 {3}：{0} {1}，阈值 {2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Soft limit of one import</source>
            <translation>单次导入的软时限</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>Soft limit of one query</source>
            <translation>单个查询的软限制</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Sources</source>
            <translation>来源</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>Space for it</source>
            <translation>所用空间</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Space in use on the disk that holds Sheetferry's folder and the built-in server.</source>
            <translation>存放 Sheetferry 文件夹和内置服务器的磁盘已用空间。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Spaces around the text</source>
            <translation>文本前后有空格</translation>
        </message>
        <message>
            <location filename="../../app/file_choice.py" />
            <source>Spreadsheets</source>
            <translation>电子表格</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Start Sheetferry as an ordinary user.</source>
            <translation>请以普通用户启动 Sheetferry。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Starting</source>
            <translation>正在启动</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/history/history_page.py" />
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>State</source>
            <translation>状态</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Statement {0}: {1}</source>
            <translation>语句 {0}：{1}</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Statements being written</source>
            <translation>正在编写的语句</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/history_panel.py" />
            <source>Statements that were run</source>
            <translation>运行过的语句</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Sum</source>
            <translation>合计</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/hints.py" />
            <source>Switch Write on to allow changes, or save the result as a table.</source>
            <translation>打开“写入”以允许更改，或将结果另存为表。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>TLS</source>
            <translation>TLS</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Table</source>
            <translation>表</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Table gone</source>
            <translation>表已不存在</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>Table {0}</source>
            <translation>表 {0}</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Tables</source>
            <translation>表</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/source_panel.py" />
            <source>Take it out</source>
            <translation>移出</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Take the first row</source>
            <translation>取第一行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Take the last row</source>
            <translation>取最后一行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Target</source>
            <translation>目标</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Target database</source>
            <translation>目标数据库</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Target table</source>
            <translation>目标表</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Task</source>
            <translation>任务</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <source>Tasks</source>
            <translation>任务数</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Test</source>
            <translation>测试</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>Testing…</source>
            <translation>正在测试…</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Text</source>
            <translation>文本</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Texts that mean NULL in a column of another type, with blanks between them</source>
            <translation>在其他类型的列中表示 NULL 的文本，以空格分隔</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>That choice could not be used</source>
            <translation>无法采用该选择</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>That is too much for the clipboard; save it as a file instead.</source>
            <translation>内容太多，无法放入剪贴板；请改为保存到文件。</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The built-in database is a newer one now</source>
            <translation>内置数据库现在是较新的版本</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The built-in database is damaged</source>
            <translation>内置数据库已损坏</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <source>The choices of this import are not kept.</source>
            <translation>未保留此次导入的选项。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The commit was sent, but the answer was lost. It is asked by itself once the server is back.</source>
            <translation>提交已发送，但未收到答复。服务器恢复后会自动询问。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>The connection is in the clipboard</source>
            <translation>连接已复制到剪贴板</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <source>The data of the built-in database was carried over to PostgreSQL {0}.</source>
            <translation>内置数据库的数据已转移到 PostgreSQL {0}。</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The database is being started.</source>
            <translation>正在启动数据库。</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The database is gone; it is being reached again.</source>
            <translation>数据库已断开；正在重新连接。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../app/presenters/imports.py" />
            <source>The database is not ready yet.</source>
            <translation>数据库尚未就绪。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/history.py" />
            <location filename="../../app/presenters/table_preview.py" />
            <source>The database is not ready.</source>
            <translation>数据库未就绪。</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>The export could not be written</source>
            <translation>无法写入导出文件</translation>
        </message>
        <message>
            <location filename="../../app/composition.py" />
            <source>The file as it was is kept as {0}.</source>
            <translation>原来的文件已保存为 {0}。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>The file has changed</source>
            <translation>文件已更改</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>The first {0} changed rows:</source>
            <translation>前 {0} 个更改的行：</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>The loopback address keeps the figures on this computer. Any other needs the next switch too.</source>
            <translation>使用回环地址时，数据只留在本机。任何其他地址还需要打开下一个开关。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>The lowest level that is sent by webhook and e-mail.</source>
            <translation>通过 Webhook 和电子邮件发送的最低级别。</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>The override of the workers has ended</source>
            <translation>工作进程的临时设置已结束</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>The plan file by which they are imported; save one on the Import page. Empty takes the defaults.</source>
            <translation>导入时所用的方案文件；可在“导入”页面保存。留空则采用默认值。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>The present ones are kept for an undo.</source>
            <translation>现有的行会保留，以便撤销。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <source>The preview comes as soon as the tables are found.</source>
            <translation>找到表后即显示预览。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>The queue is held by hand.</source>
            <translation>队列已被手动暂停。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The same choices, and this time the rows stay in {0}.</source>
            <translation>选择不变，这次行会留在 {0} 中。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The same file with the same choices.</source>
            <translation>同一文件，同样的选择。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>The same rows are in the table already</source>
            <translation>相同的行已在表中</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>The sender's address.</source>
            <translation>发件人的地址。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>The table is made by the import.</source>
            <translation>该表将由导入新建。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>The table's own key is {0}.</source>
            <translation>该表自身的键是 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>The traffic is not encrypted. Needed together with an address that is not the loopback one.</source>
            <translation>传输未加密。使用非回环地址时需要同时打开。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/watch.py" />
            <source>The watched folder cannot be used</source>
            <translation>无法使用监视的文件夹</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>The {0} rejected rows are kept to be mended.</source>
            <translation>被拒绝的 {0} 行会保留，以便改正。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>These rows join the import that had rejected them</source>
            <translation>这些行将加入当初拒绝它们的导入</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>This computer</source>
            <translation>本机</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>This sheet went into {0} on {1}</source>
            <translation>此工作表已于 {1} 导入到 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Thresholds and alerts</source>
            <translation>阈值和告警</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>Throughput</source>
            <translation>吞吐量</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Time limits</source>
            <translation>时间限制</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Time shown</source>
            <translation>显示的时段</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>To</source>
            <translation>收件人</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>To decide or rejected</source>
            <translation>待决定或被拒绝</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Today, {0}</source>
            <translation>今天，{0}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Took</source>
            <translation>用时</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Total row</source>
            <translation>合计行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>Trailing blanks</source>
            <translation>末尾空白</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Tray notification</source>
            <translation>托盘通知</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/wording.py" />
            <location filename="../../widgets/queue/job_advice.py" />
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>Try again when it is connected.</source>
            <translation>连接后请重试。</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/settings_form.py" />
            <source>Try another word or filter.</source>
            <translation>请换一个词或筛选条件。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>Try the sample workbook</source>
            <translation>试用示例工作簿</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Two columns go to the same place</source>
            <translation>两列对应到同一位置</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <source>Two samples a second, last at {0}</source>
            <translation>每秒采样两次，最近一次在 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Type</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/headers.py" />
            <source>Type of {0}</source>
            <translation>{0} 的类型</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Types</source>
            <translation>类型</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../workers/core/alerts/rules.py" />
            <source>UI lag</source>
            <translation>界面延迟</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>UI lag not measured yet</source>
            <translation>界面延迟尚未测量</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>UI lag {0} ms</source>
            <translation>界面延迟 {0} 毫秒</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Unchanged</source>
            <translation>未变化</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <source>Unchanged, nothing was loaded twice</source>
            <translation>未变化，没有重复载入</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <location filename="../../widgets/importing/notices.py" />
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>Undo</source>
            <translation>撤销</translation>
        </message>
        <message>
            <location filename="../../app/presenters/history.py" />
            <source>Undo of {0}</source>
            <translation>撤销 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <source>Undo this import?</source>
            <translation>撤销此导入？</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <source>Undo, delete {0} rows</source>
            <translation>撤销，删除 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <source>Undo, restore {0} rows</source>
            <translation>撤销，恢复 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/undo_box.py" />
            <source>Undo: {0} rows leave, {1} return</source>
            <translation>撤销：{0} 行移出，{1} 行恢复</translation>
        </message>
        <message>
            <location filename="../../app/services/survey_store.py" />
            <location filename="../../widgets/history/history_model.py" />
            <source>Undone</source>
            <translation>已撤销</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>Undo…</source>
            <translation>撤销…</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>Unknown</source>
            <translation>未知</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>Until</source>
            <translation>截止</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/override.py" />
            <source>Until jobs end</source>
            <translation>直到任务结束</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>Updates rows with the same key, adds the others.</source>
            <translation>更新键相同的行，添加其余的行。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <location filename="../../widgets/importing/target_panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Upsert</source>
            <translation>更新插入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Use</source>
            <translation>使用</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Use these for the other chosen table too</source>
            <translation>也用于另一个已选的表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/options_dialog.py" />
            <source>Use these for the {0} other chosen tables too</source>
            <translation>也用于其他 {0} 个已选的表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Use {0}</source>
            <translation>使用 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>User</source>
            <translation>用户</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/column_choice.py" />
            <source>Usual columns</source>
            <translation>默认列</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/reject_table.py" />
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/parameter_row.py" />
            <source>Value of {0}</source>
            <translation>{0} 的值</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Values</source>
            <translation>值</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>Values as they will arrive</source>
            <translation>将载入的值</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Wait for a connection</source>
            <translation>等待连接的时间</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>Wait for them, then close</source>
            <translation>等待完成后关闭</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>Wait until unchanged for</source>
            <translation>保持不变的等待时间</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/queue/queue_page.py" />
            <source>Waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>Waiting for a worker</source>
            <translation>正在等待工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Waiting for its turn</source>
            <translation>等待轮到</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Waiting jobs</source>
            <translation>等待的任务</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>Waiting queries</source>
            <translation>等待的查询</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>Waiting to be read</source>
            <translation>等待读取</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Warning</source>
            <translation>警告</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Warning at</source>
            <translation>警告阈值</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Warnings only</source>
            <translation>仅警告</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Watch</source>
            <translation>监视</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>Watched folder</source>
            <translation>监视文件夹</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Webhook</source>
            <translation>Webhook</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>What</source>
            <translation>内容</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>What a cell such as #N/A becomes.</source>
            <translation>#N/A 之类的单元格变成什么。</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>What is asked</source>
            <translation>查询对象</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>What is shown of the import</source>
            <translation>显示此次导入的哪些内容</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>What you can do</source>
            <translation>您可以做什么</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/history_panel.py" />
            <source>What you run is kept here, and can be searched and run again.</source>
            <translation>运行过的语句保留在这里，可以搜索和再次运行。</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>When</source>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>When an alert fires or an import fails while the window is not in front.</source>
            <translation>窗口不在前台时，告警触发或导入失败即通知。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>Where {0} goes</source>
            <translation>{0} 的去向</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Whether text is read as numbers and dates where nothing is lost, only the cells' own kinds count, or every column becomes text.</source>
            <translation>文本在不丢失信息时读作数字和日期、只按单元格自身的类型，还是所有列都作为文本。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>Which rows are new, which change and how, which stay as they are</source>
            <translation>哪些行是新的，哪些会更改以及如何更改，哪些保持不变</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>Why and what was done</source>
            <translation>原因和已采取的措施</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>With 0 one bad row fails the whole import; otherwise good rows load and rejected ones are kept.</source>
            <translation>为 0 时，一行有误则整个导入失败；否则载入合格的行，保留被拒绝的行。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>With its password: it works on this machine only.</source>
            <translation>含密码：仅在本机有效。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>Without a password.</source>
            <translation>不含密码。</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Without an answer it is rolled back after {0} s.</source>
            <translation>如不回答，{0} 秒后回滚。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Without progress</source>
            <translation>无进展时限</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_model.py" />
            <location filename="../../widgets/queue/queue_model.py" />
            <source>Worker</source>
            <translation>工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/worker_table.py" />
            <location filename="../../widgets/settings/worker_slider.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Worker processes</source>
            <translation>工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/monitor_page.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>Workers</source>
            <translation>工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/wording.py" />
            <source>Workers and limits</source>
            <translation>工作进程和限制</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <source>Workers left</source>
            <translation>保留的工作进程</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>Workers starting</source>
            <translation>工作进程正在启动</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/explore_page.py" />
            <source>Write</source>
            <translation>写入</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <source>Write a statement above; Ctrl+Enter runs it.</source>
            <translation>在上方编写语句；Ctrl+Enter 运行。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>Writing {0} …</source>
            <translation>正在写入 {0} …</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_model.py" />
            <source>Yesterday, {0}</source>
            <translation>昨天，{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>_import_id and _source_row tell for every row which file and which Excel row it came from.</source>
            <translation>_import_id 和 _source_row 记录每一行来自哪个文件和 Excel 的哪一行。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>about {0} left</source>
            <translation>约剩 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>about {0} rows</source>
            <translation>约 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>active</source>
            <translation>活动</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>all jobs</source>
            <translation>所有任务</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>append</source>
            <translation>追加</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/worker_slider.py" />
            <source>auto: {0} of {1} cores</source>
            <translation>自动：{1} 个核心中的 {0} 个</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <source>built-in PostgreSQL {0}</source>
            <translation>内置 PostgreSQL {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>busy</source>
            <translation>忙碌</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>by our workers</source>
            <translation>由工作进程占用</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../widgets/explore/result_panel.py" />
            <source>cancelled</source>
            <translation>已取消</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>committed</source>
            <translation>已提交</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>connected</source>
            <translation>已连接</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>connecting</source>
            <translation>正在连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>connections</source>
            <translation>个连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>cores − 1 in the window, all cores on the command line</source>
            <translation>窗口中为核心数 − 1，命令行为全部核心</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>create</source>
            <translation>新建</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>critical</source>
            <translation>严重</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>d MMM</source>
            <translation>M月d日</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>d MMMM</source>
            <translation>M月d日</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>d MMMM yyyy</source>
            <translation>yyyy年M月d日</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <location filename="../../workers/core/settings/undo_storage.py" />
            <source>days</source>
            <translation>天</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>dddd, d MMMM</source>
            <translation>M月d日 dddd</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>dddd, d MMMM yyyy</source>
            <translation>yyyy年M月d日 dddd</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/target_panel.py" />
            <source>default</source>
            <translation>默认</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>differs</source>
            <translation>不一致</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>done</source>
            <translation>完成</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>event loop</source>
            <translation>事件循环</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/result_panel.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>failed</source>
            <translation>失败</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>found</source>
            <translation>自动</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>from row {0}</source>
            <translation>从第 {0} 行起</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>from “{0}”</source>
            <translation>来自“{0}”</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>https://… The address may hold a secret, so it is never written to a log.</source>
            <translation>https://… 地址可能包含机密，因此绝不写入日志。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>idle</source>
            <translation>空闲</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>import {0}</source>
            <translation>导入 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>imports</source>
            <translation>次导入</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>in trans.</source>
            <translation>事务中</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>in use</source>
            <translation>使用中</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../widgets/explore/result_panel.py" />
            <source>incomplete</source>
            <translation>不完整</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>incomplete: the link was lost</source>
            <translation>不完整：连接中断</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_details.py" />
            <source>into {0}</source>
            <translation>导入到 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>jobs</source>
            <translation>个任务</translation>
        </message>
        <message>
            <location filename="../../widgets/connections/connection_dialog.py" />
            <source>kept in the keyring</source>
            <translation>已存于密钥环</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>limit</source>
            <translation>上限</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>loaded</source>
            <translation>已载入</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>machine</source>
            <translation>整机</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>max_connections</source>
            <translation>max_connections</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>mean</source>
            <translation>平均</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>min(20, cores × 5) in production, 10 in development</source>
            <translation>生产环境为 min(20, 核心数 × 5)，开发环境为 10</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>min(30, cores × 10) in production, 10 in development</source>
            <translation>生产环境为 min(30, 核心数 × 10)，开发环境为 10</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>min(cores × 5, 20)</source>
            <translation>min(核心数 × 5, 20)</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <location filename="../../workers/core/alerts/rules.py" />
            <source>ms</source>
            <translation>毫秒</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <source>no data</source>
            <translation>无数据</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>no header</source>
            <translation>无表头</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>no rate while checking</source>
            <translation>检查时不计速率</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>not connected</source>
            <translation>未连接</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>not in the table: {0}</source>
            <translation>表中没有：{0}</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>on hold</source>
            <translation>已暂停</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <source>on {0}</source>
            <translation>在 {0} 上</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>once</source>
            <translation>1 次</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>open</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>others</source>
            <translation>其他</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>ours</source>
            <translation>我们的</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>p95</source>
            <translation>p95</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>paste file paths</source>
            <translation>粘贴文件路径</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>postgresql://… or the name of a saved connection. Empty: the built-in PostgreSQL server, started on demand.</source>
            <translation>postgresql://… 或已保存连接的名称。留空：内置 PostgreSQL 服务器，按需启动。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>production when packaged, development in a checkout</source>
            <translation>打包版本为生产环境，源码检出为开发环境</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/queries.py" />
            <source>queries</source>
            <translation>个查询</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>range</source>
            <translation>范围</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>read</source>
            <translation>读取</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>rejected</source>
            <translation>被拒绝</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>replace</source>
            <translation>替换</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>retries</source>
            <translation>次</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>rows</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>rows read</source>
            <translation>读取的行</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>rows/s</source>
            <translation>行/秒</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../widgets/explore/result_panel.py" />
            <location filename="../../widgets/queue/phase_line.py" />
            <source>running</source>
            <translation>进行中</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/watched_folder.py" />
            <source>s</source>
            <translation>秒</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>same</source>
            <translation>一致</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>saved as {0}</source>
            <translation>已保存为 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <location filename="../../workers/core/settings/queries.py" />
            <source>seconds</source>
            <translation>秒</translation>
        </message>
        <message>
            <location filename="../../widgets/explore/editor.py" />
            <source>select … — Ctrl+Enter runs the statement with the cursor</source>
            <translation>select … — Ctrl+Enter 运行光标所在的语句</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>sessions</source>
            <translation>个会话</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>slowed down</source>
            <translation>已放慢</translation>
        </message>
        <message>
            <location filename="../../app/presenters/database.py" />
            <location filename="../../widgets/shell/status_bar.py" />
            <source>starting</source>
            <translation>正在启动</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>starts with the first import</source>
            <translation>随首次导入启动</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>sum {0}, mean {1}</source>
            <translation>合计 {0}，平均 {1}</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>table</source>
            <translation>表</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>table {0}</source>
            <translation>表 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>tasks</source>
            <translation>个任务</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>the platform's user-data folder</source>
            <translation>系统的用户数据文件夹</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_advice.py" />
            <source>the table</source>
            <translation>该表</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>the table requires: {0}</source>
            <translation>该表要求：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>threads</source>
            <translation>个线程</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/rules.py" />
            <source>times</source>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/phase_line.py" />
            <source>to come</source>
            <translation>未开始</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>total not known yet</source>
            <translation>总数未知</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>upsert</source>
            <translation>更新插入</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>waited {0}</source>
            <translation>等待了 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>waiting</source>
            <translation>等待中</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>warn</source>
            <translation>警告</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>warning</source>
            <translation>警告</translation>
        </message>
        <message>
            <location filename="../../widgets/history/receipt.py" />
            <source>workbook</source>
            <translation>工作簿</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_levels.py" />
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>workers</source>
            <translation>个进程</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>workers and jobs</source>
            <translation>工作进程和任务</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>workers, median</source>
            <translation>工作进程，中位数</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/specs.py" />
            <source>written</source>
            <translation>写入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/welcome.py" />
            <source>xlsx, xlsm, xlsb, xls, ods, csv</source>
            <translation>xlsx、xlsm、xlsb、xls、ods、csv</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>{0} alerts firing</source>
            <translation>{0} 条告警触发中</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/wording.py" />
            <source>{0} and {1} more</source>
            <translation>{0} 和另外 {1} 处</translation>
        </message>
        <message>
            <location filename="../../app/presenters/watch.py" />
            <source>{0} cannot be moved away</source>
            <translation>无法移走 {0}</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>{0} cells</source>
            <translation>{0} 个单元格</translation>
        </message>
        <message>
            <location filename="../../widgets/history/past_details.py" />
            <location filename="../../widgets/importing/welcome.py" />
            <source>{0} columns</source>
            <translation>{0} 列</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} h {1} min</source>
            <translation>{0} 小时 {1} 分钟</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>{0} hours</source>
            <translation>{0} 小时</translation>
        </message>
        <message>
            <location filename="../../widgets/history/history_page.py" />
            <source>{0} imports</source>
            <translation>{0} 次导入</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>{0} imports are still running.</source>
            <translation>仍有 {0} 个导入在运行。</translation>
        </message>
        <message>
            <location filename="../../app/monitoring.py" />
            <source>{0} instead of {1} workers</source>
            <translation>{0} 个工作进程，而非 {1} 个</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>{0} is not a workbook and is left</source>
            <translation>{0} 不是工作簿，将忽略</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>{0} is there already. Choose another name, or append, replace or upsert.</source>
            <translation>{0} 已存在。请选择另一个名称，或使用追加、替换或更新插入。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>{0} is {1}, the cells are {2}</source>
            <translation>{0} 是 {1}，而单元格是 {2}</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} left</source>
            <translation>剩余 {0}</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} min</source>
            <translation>{0} 分钟</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_log.py" />
            <source>{0} minutes</source>
            <translation>{0} 分钟</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/difference_dialog.py" />
            <source>{0} new · {1} changed · {2} unchanged</source>
            <translation>{0} 行新增 · {1} 行更改 · {2} 行不变</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>{0} new, {1} changed, {2} the same</source>
            <translation>{0} 行新增，{1} 行更改，{2} 行相同</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/column_wording.py" />
            <source>{0} nulls</source>
            <translation>{0} 个空值</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/status_bar.py" />
            <source>{0} of {1} busy, {2} waiting</source>
            <translation>{0}/{1} 忙碌，{2} 等待</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>{0} of {1} columns are loaded</source>
            <translation>将加载 {1} 列中的 {0} 列</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>{0} of {1} columns fit {2}</source>
            <translation>{1} 列中有 {0} 列适合 {2}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>{0} of {1} columns go to columns of the table</source>
            <translation>{1} 列中有 {0} 列对应到表中的列</translation>
        </message>
        <message>
            <location filename="../../widgets/shell/dropping.py" />
            <source>{0} other files are not workbooks and are left</source>
            <translation>另有 {0} 个文件不是工作簿，将忽略</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_footer.py" />
            <source>{0} read = {1} load + {2} rejected</source>
            <translation>读取 {0} = 载入 {1} + 拒绝 {2}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rejected</source>
            <translation>{0} 行被拒绝</translation>
        </message>
        <message>
            <location filename="../../app/presenters/history.py" />
            <source>{0} rejected rows are in {1}</source>
            <translation>{0} 个被拒绝的行已保存到 {1}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/column_wording.py" />
            <source>{0} rejects</source>
            <translation>{0} 个拒绝</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <location filename="../../widgets/explore/result_panel.py" />
            <location filename="../../widgets/importing/import_page.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <location filename="../../widgets/table_preview/window.py" />
            <source>{0} rows</source>
            <translation>{0} 行</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>{0} rows are in {1}</source>
            <translation>{0} 行已写入 {1}</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rows in {1}</source>
            <translation>{0} 行，用时 {1}</translation>
        </message>
        <message>
            <location filename="../../app/services/target_check.py" />
            <source>{0} rows of it are in force.</source>
            <translation>其中 {0} 行目前有效。</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} rows would load, tried in {1}</source>
            <translation>将载入 {0} 行，试运行用时 {1}</translation>
        </message>
        <message>
            <location filename="../../app/presenters/explore.py" />
            <source>{0} rows, kept since {1}</source>
            <translation>{0} 行，自 {1} 保留</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/model.py" />
            <source>{0} rows, {1} to {2}</source>
            <translation>{0} 行，第 {1} 至 {2} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} rows/s</source>
            <translation>{0} 行/秒</translation>
        </message>
        <message>
            <location filename="../../widgets/queue/queue_page.py" />
            <source>{0} running, {1} waiting</source>
            <translation>{0} 个运行中，{1} 个等待</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/wording.py" />
            <source>{0} s</source>
            <translation>{0} 秒</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>{0} settled</source>
            <translation>{0} 项已定</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>{0} skipped</source>
            <translation>跳过 {0} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/files/tree_model.py" />
            <location filename="../../widgets/queue/job_words.py" />
            <source>{0} tables</source>
            <translation>{0} 个表</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/import_page.py" />
            <source>{0} tables chosen</source>
            <translation>已选 {0} 个表</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>{0} texts begin like a formula (=, +, -, @) and would be run by a spreadsheet program. For one, export to Excel, or choose the guarded CSV.</source>
            <translation>{0} 个文本以公式形式开头（=、+、-、@），电子表格程序会运行它们。若供其使用，请导出为 Excel，或选择加保护的 CSV。</translation>
        </message>
        <message>
            <location filename="../../app/presenters/table_preview.py" />
            <source>{0} texts that begin like a formula have an apostrophe in front.</source>
            <translation>{0} 个以公式形式开头的文本前已加上撇号。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>{0} times</source>
            <translation>{0} 次</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>{0} to decide</source>
            <translation>{0} 项待定</translation>
        </message>
        <message>
            <location filename="../../app/shutdown.py" />
            <source>{0} waiting imports are kept for the next start.</source>
            <translation>{0} 个等待中的导入会保留到下次启动。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/notices.py" />
            <source>{0} warnings</source>
            <translation>{0} 个警告</translation>
        </message>
        <message>
            <location filename="../../app/presenters/watch.py" />
            <source>{0} was not imported</source>
            <translation>{0} 未导入</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/match_dialog.py" />
            <source>{0} would take more than one column.</source>
            <translation>{0} 会对应多个列。</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/alert_words.py" />
            <source>{0} {1}, threshold {2}, firing since {3}</source>
            <translation>{0} {1}，阈值 {2}，自 {3} 触发</translation>
        </message>
        <message>
            <location filename="../../widgets/settings/setting_row.py" />
            <source>{0} {1}.</source>
            <translation>{0}{1}。</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/preview/panel.py" />
            <source>{0}, found</source>
            <translation>{0}，自动找到</translation>
        </message>
        <message>
            <location filename="../../widgets/parts/chips.py" />
            <source>{0}, press Delete to remove</source>
            <translation>{0}，按 Delete 移除</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>{0}, read only</source>
            <translation>{0}，只读</translation>
        </message>
        <message>
            <location filename="../../widgets/table_preview/window.py" />
            <source>{0}, the first {1} shown</source>
            <translation>{0}，显示前 {1} 行</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/drafts/template_dialog.py" />
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
        <message>
            <location filename="../../widgets/monitor/charts/card.py" />
            <source>{0}: would have fired {1}</source>
            <translation>{0}：本会触发 {1}</translation>
        </message>
        <message>
            <location filename="../../widgets/importing/health/findings.py" />
            <source>{0}: {1}, change</source>
            <translation>{0}：{1}，更改</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>简体中文</source>
            <translation>简体中文</translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>"auto", "none", a row such as 3, or rows such as "3-4"</source>
            <translation>"auto"、"none"、行号（如 3）或行范围（如 "3-4"）</translation>
        </message>
        <message>
            <location filename="../../workers/core/query/columns.py" />
            <source>(no name)</source>
            <translation>（无名称）</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>, </source>
            <translation>、</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>, idle in its transaction</source>
            <translation>，其事务处于空闲状态</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>, or import the file again.</source>
            <translation>，或重新导入该文件。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 boolean at {0}</source>
            <translation>{0} 有 1 个布尔值</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>1 cell</source>
            <translation>1 个单元格</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 column</source>
            <translation>1 列</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 date</source>
            <translation>1 个日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 date at {0}</source>
            <translation>{0} 有 1 个日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 date stored as text at {0}</source>
            <translation>{0} 有 1 个以文本存储的日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 date with a time at {0}</source>
            <translation>{0} 有 1 个带时间的日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 digit with a leading zero at {0}</source>
            <translation>{0} 有 1 个带前导零的数字串</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 duration at {0}</source>
            <translation>{0} 有 1 个时长</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 error at {0}</source>
            <translation>{0} 有 1 个错误</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 filled cell</source>
            <translation>1 个有内容的单元格</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 formula</source>
            <translation>1 个公式</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 header</source>
            <translation>1 个表头</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 merged area</source>
            <translation>1 个合并区域</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 null token at {0}</source>
            <translation>{0} 有 1 个空值标记</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 number</source>
            <translation>1 个数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 number at {0}</source>
            <translation>{0} 有 1 个数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 number of more than 15 digits stored as text at {0}</source>
            <translation>{0} 有 1 个以文本存储的超过 15 位的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 number shown with leading zeros at {0}</source>
            <translation>{0} 有 1 个显示前导零的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 number stored as text at {0}</source>
            <translation>{0} 有 1 个以文本存储的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 row</source>
            <translation>1 行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 text at {0}</source>
            <translation>{0} 有 1 个文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 time at {0}</source>
            <translation>{0} 有 1 个时间</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 total row</source>
            <translation>1 个合计行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>1 whole number at {0}</source>
            <translation>{0} 有 1 个整数</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>1 wholly blank row</source>
            <translation>1 个完全空白的行</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>1 worker goes on</source>
            <translation>1 个工作进程继续运行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>: they bear _import_id = '{0}'.</source>
            <translation>：它们的 _import_id 为 '{0}'。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>; </source>
            <translation>；</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <source>; {0} header rows belong together</source>
            <translation>；{0} 个表头行同属一组</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>; {0} was chosen</source>
            <translation>；已指定 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/limits.py" />
            <source>A cell holds more than {0} characters.</source>
            <translation>有一个单元格中的字符超过 {0} 个。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>A cell in row {0} is longer than {1} characters; a quotation mark is probably never closed.</source>
            <translation>第 {0} 行的一个单元格超过 {1} 个字符；可能有引号未闭合。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>A later import went into the table; undo that one first.</source>
            <translation>之后有另一个导入写入了该表；请先撤销那一个。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>A password in a command's arguments can be read by everybody on this machine, so it is refused.</source>
            <translation>命令参数中的密码会被本机上的所有人看到，因此拒绝使用。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>A plan is a small UTF-8 text; save one on the Import page.</source>
            <translation>方案是一个小的 UTF-8 文本文件；可在“导入”页面保存一份。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>A quotation mark in row {0} is never closed, so the rest of the file would become one cell.</source>
            <translation>第 {0} 行的引号没有闭合，文件其余部分会变成一个单元格。</translation>
        </message>
        <message>
            <location filename="../../workers/core/query/request.py" />
            <source>A result cannot be saved as {0}.</source>
            <translation>结果无法另存为 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>A row breaks a rule of the table: {0}</source>
            <translation>有一行违反了表的约束：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <source>A saved connection needs a name that is not a URL.</source>
            <translation>已保存的连接需要一个不是 URL 的名称。</translation>
        </message>
        <message>
            <location filename="../../app/services/table_export.py" />
            <source>A sheet holds {0} rows; the table has more.</source>
            <translation>一个工作表最多 {0} 行；该表的行数更多。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>A table holds at most {0} columns.</source>
            <translation>一个表最多有 {0} 列。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>A table needs a database.</source>
            <translation>建表需要数据库。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/html_reader.py" />
            <source>A table of the page has more than {0} rows.</source>
            <translation>网页中的一个表超过 {0} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/html_reader.py" />
            <source>A table of the page is larger than any sheet can be.</source>
            <translation>网页中的一个表大于任何工作表所能容纳的范围。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/checks.py" />
            <source>A trigger of the table may change values. Otherwise please report this.</source>
            <translation>表上的触发器可能会更改值。否则请报告此问题。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/checks.py" />
            <source>A trigger or rule of the table may drop rows. Otherwise please report this.</source>
            <translation>表上的触发器或规则可能会丢弃行。否则请报告此问题。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>A value does not fit the table: {0}</source>
            <translation>有一个值不适合该表：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/monitor/database_reader.py" />
            <source>All connections of our pool are in use; the server could not be asked.</source>
            <translation>连接池中的所有连接都在使用；无法询问服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>All our connections to the database are in use.</source>
            <translation>我们的所有数据库连接都在使用。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>All rows of this workbook were mended and loaded before, or are no rejects.</source>
            <translation>此工作簿的所有行先前都已改正并载入，或不是被拒绝的行。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>All settings have their defaults.</source>
            <translation>所有设置均为默认值。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>Allow changes with --write, or the switch Write.</source>
            <translation>用 --write 或“写入”开关允许更改。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>An administrator can run: {0}</source>
            <translation>管理员可以运行：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>An administrator can run: {0} Or import with --no-ledger: then nothing guards against importing twice, and there is no undo.</source>
            <translation>管理员可以运行：{0} 也可以用 --no-ledger 导入：但这样无法防止重复导入，也不能撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>Another Sheetferry has been starting or stopping the built-in database for two minutes.</source>
            <translation>另一个 Sheetferry 启动或停止内置数据库已达两分钟。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>Another Sheetferry has been writing the queue for too long.</source>
            <translation>另一个 Sheetferry 写入队列的时间过长。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>Another import has been working on the same table for a long time.</source>
            <translation>另一个导入已长时间占用同一个表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Another import went into {0} after this one, so the former rows cannot simply come back.</source>
            <translation>此后有另一个导入写入了 {0}，因此无法直接恢复先前的行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Another program holds the table: {0}</source>
            <translation>另一个程序占用了该表：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/atomic.py" />
            <source>Another table of the same command failed, so this one was rolled back as well.</source>
            <translation>同一命令的另一个表失败了，因此这个表也已回滚。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/durable/recovery.py" />
            <source>Another version of Sheetferry left this job ({0}).</source>
            <translation>此任务由另一个版本的 Sheetferry 留下（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>Ask for fewer rows or columns, or give workers more memory in the settings.</source>
            <translation>请减少行或列，或在设置中给工作进程更多内存。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>Ask for fewer.</source>
            <translation>请减少数量。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Ask its owner for the right to read it, or copy it to a folder of yours.</source>
            <translation>请向其所有者申请读取权限，或将它复制到您自己的文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Ask the database's administrator for the right, or choose another schema or table.</source>
            <translation>请向数据库管理员申请权限，或选择另一个模式或表。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/link.py" />
            <source>COPY to or from the client is no query</source>
            <translation>与客户端之间的 COPY 不是查询</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>CSV ({0}: {1}; delimiter {2}: {3})</source>
            <translation>CSV（{0}：{1}；分隔符 {2}：{3}）</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/limits.py" />
            <source>Cell {0} holds more than {1} characters.</source>
            <translation>单元格 {0} 中的字符超过 {1} 个。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Cells that hold only the mark by which databases write NULL (backslash, N) are NULL.</source>
            <translation>只含数据库表示 NULL 的标记（反斜杠加 N）的单元格视为 NULL。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Cells written ="…", so that Excel does not read a number, hold the text between the marks.</source>
            <translation>写成 ="…"（以免 Excel 读成数字）的单元格，取引号之间的文本。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>Change the rows that are there with --mode upsert, or take those of {0} away first.</source>
            <translation>用 --mode upsert 修改已有的行，或先移除 {0} 中的行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check host and port, and that the server runs and may be reached from here.</source>
            <translation>请检查主机和端口，以及服务器是否正在运行并可从此处访问。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check its name.</source>
            <translation>请检查其名称。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>Check its path.</source>
            <translation>请检查其路径。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>Check its permissions, or choose another folder with SHEETFERRY_HOME.</source>
            <translation>请检查其权限，或用 SHEETFERRY_HOME 选择另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check sslmode and the certificates; sslmode=require encrypts without checking who answers.</source>
            <translation>请检查 sslmode 和证书；sslmode=require 只加密，不检查对方身份。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check the mapping.</source>
            <translation>请检查列映射。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Check the name and the folder.</source>
            <translation>请检查文件名和文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/tables.py" />
            <source>Check the path.</source>
            <translation>请检查路径。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check the server's disk.</source>
            <translation>请检查服务器的磁盘。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>Check upper and lower case, and the keyboard.</source>
            <translation>请检查大小写和键盘布局。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Check user name and password.</source>
            <translation>请检查用户名和密码。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Choose a name or a mode.</source>
            <translation>请选择一个名称或导入方式。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/save.py" />
            <source>Choose another folder; the rows are kept as a result.</source>
            <translation>请选择其他文件夹；各行已作为结果保留。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Choose another name with --table, or --mode append, replace or upsert.</source>
            <translation>请用 --table 选择另一个名称，或使用 --mode append、replace 或 upsert。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>Choose another name with --table.</source>
            <translation>请用 --table 选择另一个名称。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <location filename="../../workers/querying/run.py" />
            <location filename="../../workers/querying/saving/later.py" />
            <source>Choose another name.</source>
            <translation>请选择另一个名称。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>Choose another name; the rows are kept as a result.</source>
            <translation>请选择其他名称；各行已作为结果保留。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <source>Choose another place with --to.</source>
            <translation>请用 --to 选择另一个位置。</translation>
        </message>
        <message>
            <location filename="../../app/services/table_export.py" />
            <source>Choose another place, or make room.</source>
            <translation>请选择另一个位置，或腾出空间。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <location filename="../../app/services/plan_files.py" />
            <source>Choose another place.</source>
            <translation>请选择另一个位置。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <location filename="../../workers/querying/session/opening.py" />
            <source>Choose one with --database.</source>
            <translation>请用 --database 选择一个。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>Choose the database of that import. To load the rows as a table, copy them into a new workbook.</source>
            <translation>请选择那次导入的数据库。如需将这些行作为表载入，请复制到新的工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Close it there, then try again.</source>
            <translation>请在那里关闭它，然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>Close the window and other programs that use the built-in database, and restore again.</source>
            <translation>请关闭窗口和其他使用内置数据库的程序，然后再次恢复。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/checks.py" />
            <source>Column {0} adds up to {1} over {2} cells in the workbook, but to {3} over {4} in the table. Nothing was kept.</source>
            <translation>列 {0} 在工作簿中的合计为 {1}（{2} 个单元格），在表中却为 {3}（{4} 个）。没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/shared_table.py" />
            <source>Column {0} of {1} holds numbers that would change as {2}.</source>
            <translation>{1} 的列 {0} 中有数字，改为 {2} 后会发生变化。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>Column {0}: {1} with {2}; rounded or cut there.</source>
            <translation>{0} 列：{1}含有{2}；已在表中四舍五入或截断。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>Column {0}: {1} without a time zone, taken in that of the session, {2}.</source>
            <translation>{0} 列：{1}没有时区，按会话时区 {2} 处理。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>Column {0}: {1}.</source>
            <translation>列 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/json_lines.py" />
            <source>Columns need names of their own in JSON: {0}.</source>
            <translation>JSON 中的列名不能重复：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/parquet.py" />
            <source>Columns need names of their own in Parquet: {0}.</source>
            <translation>Parquet 中的列名不能重复：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>Columns need names of their own in a table: {0}.</source>
            <translation>表中的列名不能重复：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Columns of {0} were changed again and again while rows were loaded into it.</source>
            <translation>载入行时，{0} 的列被反复更改。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>Connect as a role that only reads what it has to, or say --as-superuser.</source>
            <translation>请以只读取所需内容的角色连接，或使用 --as-superuser。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>Copy it to a file of your own, or take the right to write from the others.</source>
            <translation>请把它复制为您自己的文件，或取消其他人的写入权限。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>Copy the file into the folder instead of linking it.</source>
            <translation>请把文件复制到该文件夹，而不要使用链接。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>Correct that line.</source>
            <translation>请改正那一行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Correct the quotation mark there, or save the file again as CSV.</source>
            <translation>请在那里改正引号，或将文件重新保存为 CSV。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>Correct {0} ({1}: {2}), or take it away to use the default.</source>
            <translation>请改正 {0}（{1}：{2}），或将其删除以使用默认值。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Delete its rows yourself{0}</source>
            <translation>请自行删除其行{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Delete or change the rows that refer to them first.</source>
            <translation>请先删除或更改引用它们的行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Download it first, then try again.</source>
            <translation>请先下载，然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Encrypt the connection (?sslmode=verify-full or require in the address). Where the password may go over the network in clear, say ?require_auth=password.</source>
            <translation>请加密连接（在地址中使用 ?sslmode=verify-full 或 require）。如果允许密码以明文通过网络，请写 ?require_auth=password。</translation>
        </message>
        <message>
            <location filename="../../workers/core/query/request.py" />
            <source>End the file's name with one of {0}.</source>
            <translation>文件名请以 {0} 之一结尾。</translation>
        </message>
        <message>
            <location filename="../../app/services/table_export.py" />
            <source>Export it as CSV.</source>
            <translation>请导出为 CSV。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/run.py" />
            <source>Files and results are read and never written.</source>
            <translation>文件和结果只读取，从不写入。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/save.py" />
            <source>Free some space and save the result again.</source>
            <translation>请释放一些空间，再保存结果。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>Free some space, let results go, or set SHEETFERRY_HOME to a folder on another disk.</source>
            <translation>请释放空间、放弃一些结果，或将 SHEETFERRY_HOME 设为其他磁盘上的文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/files.py" />
            <location filename="../../workers/database/embedded/server.py" />
            <location filename="../../workers/database/local/tables.py" />
            <source>Free some space, or set SHEETFERRY_HOME to a folder on another disk.</source>
            <translation>请释放一些空间，或将 SHEETFERRY_HOME 设为另一磁盘上的文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Give it more time with --timeout, or import fewer sheets at once.</source>
            <translation>请用 --timeout 给予更多时间，或一次导入较少的工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Give it more time with --timeout.</source>
            <translation>请用 --timeout 给予更多时间。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/text/parameters.py" />
            <source>Give it with --param {0}=VALUE.</source>
            <translation>请用 --param {0}=值 给出。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <source>Give its password and try again.</source>
            <translation>请输入密码后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <source>Give its password to read it, or remove it in Excel.</source>
            <translation>请输入密码以读取，或在 Excel 中移除密码。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/column_selection.py" />
            <source>Give one of them another name with --map.</source>
            <translation>请用 --map 给其中一列另取名称。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/view.py" />
            <source>Give the block's first and last cell, or one of the workbook's names.{0}</source>
            <translation>请给出区域的第一个和最后一个单元格，或工作簿中的某个名称。{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/files.py" />
            <source>Give yourself write access to it, or set SHEETFERRY_HOME to another folder.</source>
            <translation>请为自己授予写入权限，或将 SHEETFERRY_HOME 设为另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>Give yourself write access to that folder, or set SHEETFERRY_HOME to another one.</source>
            <translation>请为自己授予该文件夹的写入权限，或将 SHEETFERRY_HOME 设为另一个文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>Give yourself write access to that folder.</source>
            <translation>请为自己授予该文件夹的写权限。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/html_reader.py" />
            <source>HTML tables</source>
            <translation>HTML 表</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo_log.py" />
            <source>Have an administrator look at it. Nothing was changed.</source>
            <translation>请管理员检查。未作任何更改。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/guard.py" />
            <source>Have an administrator look at its triggers, rules, defaults and owner before anything else is done.</source>
            <translation>在做其他操作之前，请管理员检查其触发器、规则、默认值和所有者。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Have space freed on the server.</source>
            <translation>请让人释放服务器上的空间。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Hidden files, lock files and other kinds of files are left out; name a file to have it opened anyway.</source>
            <translation>隐藏文件、锁定文件和其他类型的文件会被略过；如仍要打开某个文件，请直接指定它。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>Hidden sheets are left out; name them with --sheet, or take all with --sheet all.</source>
            <translation>隐藏的工作表不会载入；可用 --sheet 指定，或用 --sheet all 全部载入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/opening.py" />
            <source>If it is a CSV file, rename it to end in .csv; if a download failed, fetch it again.</source>
            <translation>如果它是 CSV 文件，请重命名为以 .csv 结尾；如果是下载失败，请重新下载。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>If it is genuine, split it or save its sheets as CSV files.</source>
            <translation>如果它是真实的数据，请拆分，或将各工作表保存为 CSV 文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>If it is still being copied or downloaded, wait until that is done and try again.</source>
            <translation>如果仍在复制或下载，请等待完成后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/opening.py" />
            <source>If it should hold data, give its own password, or ask for a copy without protection.</source>
            <translation>如果其中应有数据，请输入其自身的密码，或索取一份未加保护的副本。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>Import a part of the columns with --range.</source>
            <translation>请用 --range 导入部分列。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>Import again when that program has ended its transaction, or have its session ended.</source>
            <translation>请待该程序结束其事务后再次导入，或请人结束其会话。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>Import again when they are done.</source>
            <translation>请待它们完成后再次导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>Import it alone, without --atomic.</source>
            <translation>请单独导入，不带 --atomic。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>Import it from the window or by a command, or write mended_rejects = true into the [run] section of the watched folder's plan.</source>
            <translation>请从窗口或用命令导入它，或在受监视文件夹的计划的 [run] 部分写入 mended_rejects = true。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>Import the whole file again.</source>
            <translation>请重新导入整个文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/shared_table.py" />
            <source>Import with --type {0}={1}, or into another table.</source>
            <translation>请用 --type {0}={1} 导入，或导入到另一个表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>In row {0} there are bytes that are no text in the encoding {1}.</source>
            <translation>第 {0} 行有字节在编码 {1} 中不是文本。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/guard.py" />
            <source>In this database {0} holds code that is not Sheetferry's and would run with your rights.</source>
            <translation>此数据库中的 {0} 含有不属于 Sheetferry 的代码，它会以您的权限运行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/inspect.py" />
            <source>Inspect the file again.</source>
            <translation>请重新检查该文件。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>Install PostgreSQL {0}, or start the version of Sheetferry that made the data and save it with `sheetferry server backup FILE`.</source>
            <translation>请安装 PostgreSQL {0}，或启动建立这些数据的 Sheetferry 版本，并用 `sheetferry server backup FILE` 保存数据。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>It can be tried again when that program has finished.</source>
            <translation>待该程序结束后可以重试。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>It can be tried again when the server runs.</source>
            <translation>待服务器运行后可以重试。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>It can be tried again.</source>
            <translation>可以重试。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>It could not be copied aside.</source>
            <translation>无法另存副本。</translation>
        </message>
        <message>
            <location filename="../../workers/monitor/database_beat.py" />
            <source>It could not be read: {0}</source>
            <translation>无法读取：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>It is TOML text: KEY = VALUE lines below [section] lines.</source>
            <translation>它是 TOML 文本：在 [节] 行下面写“键 = 值”行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>It is looked at anew; nothing of it was imported.</source>
            <translation>将重新查看它；其中没有任何内容被导入。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>It is not in force.</source>
            <translation>它已不再有效。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>It is not run again by itself. Ask for fewer rows or columns, or give workers more memory in the settings.</source>
            <translation>它不会自动重新运行。请减少行或列，或在设置中给工作进程更多内存。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>It is settled at the next start, when the server answers again; do not import the file anew before.</source>
            <translation>下次启动且服务器恢复应答时即可确定结果；在此之前请勿重新导入此文件。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>It is too large for PostgreSQL: {0}</source>
            <translation>对 PostgreSQL 来说过大：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>It knows: {0}.</source>
            <translation>可用的有：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/admission.py" />
            <source>It needs about {0}, and this machine has {1} to give.</source>
            <translation>它约需 {0}，而本机可提供 {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>It took {0} of memory{1}, more than a worker may use.</source>
            <translation>它占用了 {0} 内存{1}，超过了单个工作进程的上限。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <source>It was done before it could be stopped.</source>
            <translation>在能够停止之前已经完成。</translation>
        </message>
        <message>
            <location filename="../../workers/database/table_reader.py" />
            <source>It was dropped or renamed, or its import was undone.</source>
            <translation>它已被删除或重命名，或其导入已被撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>It was not done after {0} s{1}, so it was stopped.</source>
            <translation>{0} 秒后仍未完成{1}，因此被停止。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>It was replaced by a later import.</source>
            <translation>它已被之后的导入替换。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>It was undone already.</source>
            <translation>它已被撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/column_selection.py" />
            <source>Its columns are: {0}.</source>
            <translation>其列为：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/sheets.py" />
            <source>Its sheets are: {0}.</source>
            <translation>其工作表为：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>Its table was dropped, and its rows with it.</source>
            <translation>其表已被删除，行也随之消失。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Its worker died after the commit, and without a ledger its figures are not known.</source>
            <translation>提交之后其工作进程意外终止；没有台账，因此不知道各项数字。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>Keep the header row and the last column as they were written, and mend only the cells between.</source>
            <translation>请保持表头行和最后一列原样，只改正其间的单元格。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>Keep the values of the sheet with --map "{0}={1}", or leave them out with --map "{2}=".</source>
            <translation>用 --map "{0}={1}" 保留工作表中的值，或用 --map "{2}=" 不导入它们。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>Leave --no-ledger out, or copy the rows into a new workbook.</source>
            <translation>请去掉 --no-ledger，或将这些行复制到新的工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/run.py" />
            <source>Leave --write out.</source>
            <translation>请去掉 --write。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>Leave COMMIT and ROLLBACK to Sheetferry: all statements of a run are committed together.</source>
            <translation>请将 COMMIT 和 ROLLBACK 交给 Sheetferry：一次运行的所有语句一起提交。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>Leave it out; with --write everything is committed at the end, or nothing.</source>
            <translation>请去掉它；使用 --write 时，全部在最后提交，或全不提交。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>Leave the mode out to add them to their import.</source>
            <translation>不指定模式即可把它们添加到其原来的导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>Leave the sheet's column out with --map "{0}=".</source>
            <translation>用 --map "{0}=" 不导入该列。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>Leave the table out to add them to their import. To load them as a table, copy them into a new workbook.</source>
            <translation>不指定表即可把它们添加到其原来的导入。如要作为表载入，请把它们复制到新的工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>Left out {0}: {1} ({2}).</source>
            <translation>已排除 {0}：{1}（{2}）。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>Let pinned results go, give results more room in the settings, or ask for fewer rows.</source>
            <translation>请取消固定一些结果、在设置中给结果更多空间，或减少行数。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Let {0} take it back, or a member of it by its own login.</source>
            <translation>请由 {0} 或其成员用自己的登录来撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Let {0} take it back, or a member of it. Where that role is gone, an administrator can write another one into made_by of the import in sheetferry.imports.</source>
            <translation>请由 {0} 或其成员撤销。如果该角色已不存在，管理员可以在 sheetferry.imports 中该导入的 made_by 里写入另一个角色。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Line ends are probably missing; export the file again with one record a line.</source>
            <translation>可能缺少换行符；请重新导出，每行一条记录。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Line {0} is longer than {1} characters.</source>
            <translation>第 {0} 行超过 {1} 个字符。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/tables.py" />
            <source>Load a part of it with --range, or turn columns into rows before the import.</source>
            <translation>请用 --range 载入其中一部分，或在导入前将列转成行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Look at the data when the server answers again, before you run it anew.</source>
            <translation>服务器恢复应答后，请先查看数据，再重新运行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>Make it available offline (or open it once), then try again.</source>
            <translation>请将其设为可脱机使用（或打开一次），然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/atomic.py" />
            <source>Mend that one, or import without --atomic.</source>
            <translation>请改正那个表，或不带 --atomic 导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>Mend the cells, let a column be text with --type COLUMN=text, or allow rejected rows with --max-rejects.</source>
            <translation>请改正这些单元格，用 --type 列=text 将列设为文本，或用 --max-rejects 允许拒绝部分行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Mend the row, or reject it.</source>
            <translation>请改正该行，或将其拒绝。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>NULL takes its place</source>
            <translation>以 NULL 代替</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>NULL takes their place</source>
            <translation>以 NULL 代替</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>Name it as the key with --key {0}, or leave it out with --map "{1}=".</source>
            <translation>用 --key {0} 将其指定为键，或用 --map "{1}=" 不导入它。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>Name it with --map "Header={0}", or name another key with --key.</source>
            <translation>请用 --map "表头={0}" 指定，或用 --key 指定另一个键。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>Name the column with --map "{0}=COLUMN", or choose another table.</source>
            <translation>请用 --map "{0}=列" 指定列，或选择另一个表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Name the columns that tell rows apart with --key.</source>
            <translation>请用 --key 指定能区分各行的列。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>Name the file as a source.</source>
            <translation>请将该文件列为来源。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>Name the sheet's column with --map "Header={0}".</source>
            <translation>请用 --map "表头={0}" 指定工作表中的列。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>No column can have these types, they are text: {0}.</source>
            <translation>列不能有这些类型，已存为文本：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>No encrypted connection to {0} could be made: {1}</source>
            <translation>无法与 {0} 建立加密连接：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>No header was asked for: every row is data.</source>
            <translation>已指定无表头：每一行都是数据。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <source>No row of this import was rejected.</source>
            <translation>此导入没有被拒绝的行。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>No row, table or setting can be changed; by its membership in {0} this role could still do more than read, such as ending other sessions.</source>
            <translation>不能更改任何行、表或设置；但该角色属于 {0}，除读取外还能做其他事，例如结束其他会话。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>No worker process can be started ({0}).</source>
            <translation>无法启动任何工作进程（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/run.py" />
            <source>Nobody decided within {0} s, so everything was rolled back.</source>
            <translation>{0} 秒内无人决定，已全部回滚。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/tables.py" />
            <source>Not every value of {0} fits {1}, so it is text here.</source>
            <translation>{0} 并非所有值都符合 {1}，因此在此为文本。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Nothing moved for {0} s{1}, so it was stopped.</source>
            <translation>{0} 秒内没有任何进展{1}，因此被停止。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Nothing of an unfinished import is in the table; it can be tried again.</source>
            <translation>未完成的导入不会在表中留下任何内容；可以重试。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/failures.py" />
            <source>Nothing was changed. Allow changes with --write, or the switch Write.</source>
            <translation>没有任何更改。用 --write 或“写入”开关允许更改。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/checks.py" />
            <source>Of {0} rows read the database took {1}; {2} were rejected and {3} skipped. Nothing was kept.</source>
            <translation>读取了 {0} 行，数据库接收了 {1} 行；{2} 行被拒绝，{3} 行被跳过。没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>One statement at a time can be run over files.</source>
            <translation>对文件一次只能运行一条语句。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/sheets.py" />
            <source>Open it in Excel and look.</source>
            <translation>请在 Excel 中打开查看。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <source>Open it in Excel and save it without a password.</source>
            <translation>请在 Excel 中打开，不带密码保存。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>Open it in LibreOffice and save it without a password.</source>
            <translation>请在 LibreOffice 中打开，不带密码保存。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>Open it in the program that made it and save it as xlsx or CSV.</source>
            <translation>请用创建它的程序打开，另存为 xlsx 或 CSV。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <source>Open it in your spreadsheet program and save it again, if you trust its origin.</source>
            <translation>如果您信任其来源，请用电子表格程序打开并重新保存。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <location filename="../../workers/importing/reading/xlsb/biff12.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <location filename="../../workers/importing/reading/xlsx/parts.py" />
            <source>Open it in your spreadsheet program, let it repair the file, and save it again.</source>
            <translation>请用电子表格程序打开，让它修复文件，然后重新保存。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>Others are connected to the database {0}, so it cannot be replaced.</source>
            <translation>有其他程序连接到数据库 {0}，因此无法替换它。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/parquet.py" />
            <source>Parquet has no type for these columns, they are text: {0}.</source>
            <translation>Parquet 没有这些列的类型，已存为文本：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>Perhaps it is still being copied or synchronised.</source>
            <translation>它可能仍在复制或同步。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Please report it with the log.</source>
            <translation>请附上日志报告此问题。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/process/main_loop.py" />
            <source>Please report it with the log; nothing of this import was kept.</source>
            <translation>请附上日志报告此问题；此导入没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/account.py" />
            <source>PostgreSQL does not run as root, and there is no account named postgres or nobody to run it as.</source>
            <translation>PostgreSQL 不能以 root 身份运行，而且没有可用来运行它的 postgres 或 nobody 账户。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>Put the value in quotation marks.</source>
            <translation>请将值放在引号中。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_rules.py" />
            <source>Raise the critical level or lower the warning level; 0 switches a level off.</source>
            <translation>请提高严重阈值或降低警告阈值；填 0 则关闭该级别。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/binaries.py" />
            <source>Reinstall Sheetferry, or use a server of your own with SHEETFERRY_DATABASE_URL.</source>
            <translation>请重新安装 Sheetferry，或用 SHEETFERRY_DATABASE_URL 使用您自己的服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/cluster.py" />
            <source>Remove it, or set SHEETFERRY_HOME to a folder with a shorter path.</source>
            <translation>请将其移除，或将 SHEETFERRY_HOME 设为路径较短的文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/watched_folder.py" />
            <source>Rename or remove it; it is made anew.</source>
            <translation>请重命名或删除它；它会被重新创建。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/run.py" />
            <source>Rolled back, as was wished.</source>
            <translation>已按要求回滚。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/rows/rejects_mark.py" />
            <source>Row in the source</source>
            <translation>源文件中的行</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>Row {0}</source>
            <translation>第 {0} 行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Row {0} cannot be divided into cells ({1}).</source>
            <translation>第 {0} 行无法拆分为单元格（{1}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Rows of this import are referred to by other tables: {0} Nothing was taken back.</source>
            <translation>其他表引用了此导入的行：{0} 没有撤销任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/comparison.py" />
            <source>Rows that are new: {0}; that change: {1}; that are in the table just so: {2}.</source>
            <translation>新行：{0}；会更改的行：{1}；已原样存在于表中的行：{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/failures.py" />
            <source>Rows that had come are kept. A query is never run again by itself: it may have been long.</source>
            <translation>已到达的行会保留。查询不会自动重新运行，因为它可能很耗时。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>Rows {0} to {1}</source>
            <translation>第 {0} 至 {1} 行</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>Run 'sheetferry doctor', or restore the built-in server from a backup.</source>
            <translation>请运行 'sheetferry doctor'，或从备份恢复内置服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>Run 'sheetferry doctor'; a virus scanner or a full disk may be in the way.</source>
            <translation>请运行 'sheetferry doctor'；可能是杀毒软件或磁盘已满造成的。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>Run `sheetferry server stop` and try again; its messages are in {0}.</source>
            <translation>请运行 `sheetferry server stop` 后重试；其消息在 {0} 中。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <location filename="../../workers/querying/spool/reader.py" />
            <source>Run its query again.</source>
            <translation>请重新运行其查询。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <source>Run its query again; results that are pinned are kept.</source>
            <translation>请重新运行其查询；已固定的结果会保留。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>Run the query again.</source>
            <translation>请重新运行查询。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>SQL over files sees the files that were named and no others.</source>
            <translation>对文件的 SQL 只能看到所列的文件。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>Save it as .parquet or .csv, or ask for fewer columns.</source>
            <translation>请另存为 .parquet 或 .csv，或减少列数。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>Save one with Save plan on the Import page.</source>
            <translation>可在“导入”页面用“保存方案”保存一份。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>Save the file again as UTF-8.</source>
            <translation>请将文件重新保存为 UTF-8。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>Save the result with --to or --save-as.</source>
            <translation>请用 --to 或 --save-as 保存结果。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Save them elsewhere and delete them, then undo again.</source>
            <translation>请将它们另存到别处并删除，然后再撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <source>Saved connections: {0}. A URL works as well: postgresql://user@host:5432/database</source>
            <translation>已保存的连接：{0}。也可以使用 URL：postgresql://user@host:5432/database</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>See its messages in {0}, or use a server of your own with SHEETFERRY_DATABASE_URL.</source>
            <translation>请查看 {0} 中的消息，或用 SHEETFERRY_DATABASE_URL 使用您自己的服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>See its messages in {0}.</source>
            <translation>请查看 {0} 中的消息。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>See the rejected rows.</source>
            <translation>请查看被拒绝的行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/account.py" />
            <source>Set SHEETFERRY_HOME to a folder that other accounts can traverse (mode 0711 or 0755 all the way up).</source>
            <translation>请将 SHEETFERRY_HOME 设为其他账户可以进入的文件夹（各级目录的权限为 0711 或 0755）。</translation>
        </message>
        <message>
            <location filename="../../app/context/home.py" />
            <source>Set {0} to a folder of your own, or make this one yours alone (chown, chmod go-w).</source>
            <translation>请将 {0} 设为您自己的文件夹，或使此文件夹只归您所有（chown、chmod go-w）。</translation>
        </message>
        <message>
            <location filename="../../app/context/home.py" />
            <source>Set {0} to a folder that you may write to.</source>
            <translation>请将 {0} 设为您可以写入的文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>Sheet {0} goes down to row {1}; {2} are allowed.</source>
            <translation>工作表 {0} 一直延伸到第 {1} 行；最多允许 {2} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>Sheet {0} is damaged: {1}.</source>
            <translation>工作表 {0} 已损坏：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/process/main_loop.py" />
            <source>Sheetferry met a defect of its own ({0}).</source>
            <translation>Sheetferry 自身出现了缺陷（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/core/metrics/records.py" />
            <source>Sheetferry was closed</source>
            <translation>Sheetferry 当时已关闭</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Somebody else changed the same rows at the same time: {0}</source>
            <translation>有人同时更改了相同的行：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Split it.</source>
            <translation>请将其拆分。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Split the table or the cell.</source>
            <translation>请拆分该表或该单元格。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Split the workbook, or raise the memory limit of workers in the settings.</source>
            <translation>请拆分工作簿，或在设置中提高工作进程的内存上限。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>Split the workbook, or save it as .xlsx or .csv, which are read row by row.</source>
            <translation>请拆分工作簿，或另存为可逐行读取的 .xlsx 或 .csv。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/process/main_loop.py" />
            <source>Split the workbook, save it as .xlsx, or raise the memory limit of workers in the settings.</source>
            <translation>请拆分工作簿、另存为 .xlsx，或在设置中提高工作进程的内存上限。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/account.py" />
            <source>Start Sheetferry as an ordinary user, or create an account with: useradd --system postgres</source>
            <translation>请以普通用户身份启动 Sheetferry，或用以下命令创建账户：useradd --system postgres</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>Start again: a broken file is set aside at the start.</source>
            <translation>请重新启动：启动时会将损坏的文件移开。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_holder.py" />
            <source>Start the import again once the database is there.</source>
            <translation>待数据库可用后请重新开始导入。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>Statement {0} ended the transaction, so what came before it may be committed.</source>
            <translation>语句 {0} 结束了事务，因此之前的更改可能已提交。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/html_reader.py" />
            <source>Table {0}</source>
            <translation>表 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <source>Take it away if you did not make it, or give it to yourself alone (chown, chmod go-w).</source>
            <translation>如果它不是您建立的，请将其移走；否则请使其只归您所有（chown、chmod go-w）。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/resolve.py" />
            <source>Take it out and save the connection in the window (system keyring), use a PGPASSFILE, or set SHEETFERRY_DATABASE_URL.</source>
            <translation>请将其删除，并在窗口中保存该连接（系统密钥环），或使用 PGPASSFILE，或设置 SHEETFERRY_DATABASE_URL。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Tell its administrator.</source>
            <translation>请告知其管理员。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/csv_file.py" />
            <source>Texts in the file begin like a formula (=, +, -, @), and a spreadsheet program would run them: save as .xlsx for one.</source>
            <translation>文件中有文本以公式形式开头（=、+、-、@），电子表格程序会运行它们：若供其使用，请另存为 .xlsx。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>That is not the address of a PostgreSQL database.</source>
            <translation>这不是 PostgreSQL 数据库的地址。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/account.py" />
            <source>The account that runs the database cannot reach {0}, and there is no other place for its files.</source>
            <translation>运行数据库的账户无法访问 {0}，也没有其他位置可放置其文件。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>The backup {0} could not be made.</source>
            <translation>无法建立备份 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>The backup {0} could not be restored.</source>
            <translation>无法恢复备份 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>The built-in database did not stop within a minute.</source>
            <translation>内置数据库在一分钟内没有停止。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>The built-in database in {0} could not be started: {1}</source>
            <translation>无法启动 {0} 中的内置数据库：{1}</translation>
        </message>
        <message>
            <location filename="../../app/services/server_keeper.py" />
            <source>The built-in database is being started again.</source>
            <translation>正在重新启动内置数据库。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>The built-in database runs (process {0}) but does not let us in.</source>
            <translation>内置数据库正在运行（进程 {0}），但不允许我们连接。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/reader_role.py" />
            <source>The built-in server's password is not known.</source>
            <translation>不知道内置服务器的密码。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The change holds until the program ends. Free space or correct the folder's permissions and set it again.</source>
            <translation>此更改在程序结束前有效。请释放空间或改正文件夹的权限，然后重新设置。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The change was sent, and the server cannot be reached to say whether it was committed.</source>
            <translation>更改已发送，但无法联系服务器确认是否已提交。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>The column {0} is gone.</source>
            <translation>列 {0} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/durable/recovery.py" />
            <source>The command that it belonged to ended before it was done.</source>
            <translation>它所属的命令在其完成之前就结束了。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>The connection to the database was lost while the import was being committed.</source>
            <translation>提交导入时与数据库的连接中断了。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The connection to the database {0} was lost: {1}</source>
            <translation>与数据库 {0} 的连接中断：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>The data of the built-in database in {0} could not be carried over from PostgreSQL {1} to {2}. It is as it was.</source>
            <translation>{0} 中内置数据库的数据无法从 PostgreSQL {1} 转移到 {2}。数据保持原样。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>The data of the built-in database in {0} is of PostgreSQL {1}, and the programs of that version, by which it is carried over to PostgreSQL {2}, are not there.</source>
            <translation>{0} 中内置数据库的数据属于 PostgreSQL {1}，而将其转移到 PostgreSQL {2} 所需的该版本程序不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>The data of the built-in database in {0} is of PostgreSQL {1}; this version of Sheetferry brings PostgreSQL {2}, which cannot read it.</source>
            <translation>{0} 中内置数据库的数据属于 PostgreSQL {1}；此版本的 Sheetferry 带有 PostgreSQL {2}，无法读取它。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>The database address cannot be read: it has an @ where none can stand, so a password in it is probably not percent-encoded.</source>
            <translation>无法读取数据库地址：不该出现 @ 的位置有 @，其中的密码可能没有使用百分号编码。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>The database address cannot be read; special characters in it must be percent-encoded (@ is %40).</source>
            <translation>无法读取数据库地址；其中的特殊字符必须进行百分号编码（@ 为 %40）。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>The database address has a parameter that PostgreSQL does not know: {0}.</source>
            <translation>数据库地址中有 PostgreSQL 不认识的参数：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database cancelled the statement: {0}</source>
            <translation>数据库取消了该语句：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database does not allow it: {0}</source>
            <translation>数据库不允许此操作：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/monitor/database_beat.py" />
            <source>The database has not answered for {0} s.</source>
            <translation>数据库已有 {0} 秒没有应答。</translation>
        </message>
        <message>
            <location filename="../../app/services/target_holder.py" />
            <source>The database of this import did not become ready.</source>
            <translation>此导入的数据库未能就绪。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database reported an error: {0}</source>
            <translation>数据库报告了错误：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server cannot find its files: {0}</source>
            <translation>数据库服务器找不到其文件：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server cannot write its files: {0}</source>
            <translation>数据库服务器无法写入其文件：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/engines.py" />
            <source>The database server is PostgreSQL {0}; Sheetferry needs 13 or newer.</source>
            <translation>数据库服务器是 PostgreSQL {0}；Sheetferry 需要 13 或更高版本。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server is out of memory: {0}</source>
            <translation>数据库服务器内存不足：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server lacks a resource: {0}</source>
            <translation>数据库服务器缺少资源：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server reports damage: {0}</source>
            <translation>数据库服务器报告数据损坏：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server {0} cannot be reached: {1}</source>
            <translation>无法连接到数据库服务器 {0}：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server {0} has no free connection: {1}</source>
            <translation>数据库服务器 {0} 没有空闲连接：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server {0} is starting or stopping: {1}</source>
            <translation>数据库服务器 {0} 正在启动或停止：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database server's disk is full: {0}</source>
            <translation>数据库服务器的磁盘已满：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database {0} is read-only: {1}</source>
            <translation>数据库 {0} 是只读的：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The database {0} refused the login: {1}</source>
            <translation>数据库 {0} 拒绝登录：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>The disk that holds {0} is full, so the built-in database cannot run.</source>
            <translation>{0} 所在的磁盘已满，因此内置数据库无法运行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>The disk that holds {0} is full, so the queue cannot be saved.</source>
            <translation>{0} 所在的磁盘已满，因此无法保存队列。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/files.py" />
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>The disk that holds {0} is full.</source>
            <translation>{0} 所在的磁盘已满。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/save.py" />
            <source>The disk that {0} is on is full; the rows are kept as a result.</source>
            <translation>{0} 所在的磁盘已满；各行已作为结果保留。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>The document has no sheet.</source>
            <translation>该文档没有工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The document is protected by a password in a way that cannot be undone here ({0}).</source>
            <translation>文档受密码保护，其方式在此无法解除（{0}）。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The file as it was is kept as {0}.</source>
            <translation>原来的文件已保存为 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file begins like a workbook, but its end is missing or broken: it is damaged or only half copied.</source>
            <translation>文件的开头像是工作簿，但结尾缺失或损坏：文件已损坏或只复制了一部分。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The file ended {0}{1} ({2}).{3} Nothing else was kept.</source>
            <translation>此文件使{0}{1}意外终止（{2}）。{3}除此之外没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The file ended {0}{1} ({2}); no rows of it were kept.</source>
            <translation>此文件使{0}{1}意外终止（{2}）；没有保留其任何行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <source>The file holds an XML document type declaration, which no spreadsheet needs and attacks are made of.</source>
            <translation>文件含有 XML 文档类型声明；电子表格不需要它，而它常被用于攻击。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>The file holds bytes that are no text in the encoding {0}; they were read as if they stood in another one. Look whether the named cells are right.</source>
            <translation>文件中有字节在编码 {0} 中不是文本；它们按另一种编码读取。请检查所列单元格是否正确。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>The file holds control characters that were Windows-1252 letters before a wrong conversion to UTF-8; they are read as those letters.</source>
            <translation>文件含有控制字符，它们原是 Windows-1252 字母，被错误地转换成了 UTF-8；将按原来的字母读取。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file holds {0} parts; {1} are allowed.</source>
            <translation>文件含有 {0} 个部分；最多允许 {1} 个。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>The file is XML, but not a spreadsheet that is known here.</source>
            <translation>文件是 XML，但不是已知的电子表格格式。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/html_reader.py" />
            <source>The file is a web page without a table in it.</source>
            <translation>文件是一个网页，其中没有表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/opc.py" />
            <source>The file is a zip archive, but there is no workbook in it.</source>
            <translation>文件是 zip 压缩包，但其中没有工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/parts.py" />
            <source>The file is an Office document, but not a workbook.</source>
            <translation>文件是 Office 文档，但不是工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>The file is an OpenDocument file, but not a spreadsheet.</source>
            <translation>文件是 OpenDocument 文件，但不是电子表格。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The file is damaged: it does not say how it is encrypted.</source>
            <translation>文件已损坏：其中没有说明加密方式。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The file is damaged: its content cannot be unpacked.</source>
            <translation>文件已损坏：其内容无法解压。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file is damaged: its part {0} cannot be unpacked ({1}).</source>
            <translation>文件已损坏：其 {0} 部分无法解压（{1}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file is damaged: its part {0} is missing.</source>
            <translation>文件已损坏：缺少 {0} 部分。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The file is damaged: what it says of its encryption makes no sense.</source>
            <translation>文件已损坏：其中的加密说明没有意义。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <source>The file is damaged: {0} breaks at line {1} ({2}).</source>
            <translation>文件已损坏：{0} 在第 {1} 行中断（{2}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/biff12.py" />
            <source>The file is damaged: {0} breaks off or holds records that make no sense.</source>
            <translation>文件已损坏：{0} 中断，或含有无意义的记录。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <source>The file is damaged: {0} cannot be read ({1}).</source>
            <translation>文件已损坏：无法读取 {0}（{1}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <source>The file is damaged: {0} is empty.</source>
            <translation>文件已损坏：{0} 为空。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_events.py" />
            <source>The file is damaged: {0} names a text encoding that cannot be read ({1}).</source>
            <translation>文件已损坏：{0} 指定了无法读取的文本编码（{1}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>The file is empty (0 bytes).</source>
            <translation>文件为空（0 字节）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/opening.py" />
            <source>The file is named like a workbook, but holds plain text.</source>
            <translation>文件的名称像是工作簿，但内容是纯文本。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>The file is neither a workbook nor a text file.</source>
            <translation>文件既不是工作簿，也不是文本文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/csv_reader.py" />
            <source>The file is not UTF-8 and does not say what it is; it was read as {0}, which is a guess by its letters. Look whether the named cells are right.</source>
            <translation>文件不是 UTF-8，也没有说明编码；按 {0} 读取，这是根据字母的猜测。请检查所列单元格是否正确。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>The file is not a workbook: it is a picture (BMP).</source>
            <translation>文件不是工作簿：它是图片 (BMP)。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>The file is not a workbook: it is {0}.</source>
            <translation>文件不是工作簿：它是{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>The file is text in no known encoding.</source>
            <translation>文件的文本不属于任何已知编码。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/opening.py" />
            <source>The file is the lock that Excel leaves beside an open workbook.</source>
            <translation>该文件是 Excel 在打开的工作簿旁留下的锁定文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>The file is {0} GB; {1} GB are allowed.</source>
            <translation>文件大小为 {0} GB；最多允许 {1} GB。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file looks like a zip bomb: its part {0} grows {1}-fold to {2} GB when unpacked.</source>
            <translation>文件像是 zip 炸弹：其 {0} 部分解压后增大 {1} 倍，达到 {2} GB。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The file may be damaged, or larger than the memory: open it in Excel, save a copy as .xlsx, import the copy.</source>
            <translation>文件可能已损坏，或大于可用内存：请在 Excel 中打开，另存副本为 .xlsx，然后导入副本。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The file unpacks to more than is allowed.</source>
            <translation>文件解压后超过允许的大小。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file unpacks to more than it says and more than is allowed.</source>
            <translation>文件解压后超过其声明的大小，也超过了允许的上限。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>The file was changed after it had been looked at, so it was surveyed again before the import.</source>
            <translation>文件在查看之后被更改，因此导入前重新进行了检查。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/migration.py" />
            <source>The file was left as it is; the program goes on with default settings.</source>
            <translation>文件保持原样；程序以默认设置继续运行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The file would grow to {0} GB when unpacked; {1} GB are allowed.</source>
            <translation>文件解压后会增大到 {0} GB；最多允许 {1} GB。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <source>The file {0} could not be written: {1}.</source>
            <translation>无法写入文件 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/context/home.py" />
            <source>The folder {0} cannot be used: {1}.</source>
            <translation>无法使用文件夹 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/files.py" />
            <source>The folder {0} cannot be written: {1}.</source>
            <translation>无法写入文件夹 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/cluster.py" />
            <source>The folder {0} for the database's socket belongs to somebody else.</source>
            <translation>数据库套接字所用的文件夹 {0} 属于其他人。</translation>
        </message>
        <message>
            <location filename="../../app/context/home.py" />
            <source>The folder {0} {1}, so what lies in it is not trusted.</source>
            <translation>文件夹 {0} {1}，因此不信任其中的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>The header was chosen: row {0} to {1}.</source>
            <translation>表头已指定：第 {0} 到 {1} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>The header was chosen: row {0}.</source>
            <translation>表头已指定：第 {0} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>The header was chosen: row {0}{1}</source>
            <translation>表头已指定：第 {0}{1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>The header {0} is gone.</source>
            <translation>表头 {0} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The import and another program waited for each other: {0}</source>
            <translation>此导入与另一个程序互相等待：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>The import began anew {0}, because a lock on {1} was needed{2}.</source>
            <translation>导入{0}重新开始，因为需要 {1} 的锁{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/resolver.py" />
            <source>The import cannot be settled yet: its server process still works.</source>
            <translation>尚无法确定此导入的结果：其服务器进程仍在工作。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/resolver.py" />
            <source>The import cannot be settled yet: {0}.</source>
            <translation>尚无法确定此导入的结果：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>The import ran into other sessions on {0} {1} times{2}. Nothing was loaded.</source>
            <translation>导入在 {0} 上与其他会话冲突了 {1} 次{2}。没有载入任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>The import stopped on an error of the program itself ({0}).</source>
            <translation>导入因程序自身的错误而停止（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>The import that these rows belong to is {0}, so they cannot be added to it.</source>
            <translation>这些行所属的导入{0}，因此无法添加。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The import was made by the role {0}, and {1} may not act for that role.</source>
            <translation>此导入由角色 {0} 完成，{1} 不能代表该角色操作。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The import was made by the role {0}, and {1} runs code when its rows change (triggers, functions in defaults or checks, types of its own), which would run with your rights.</source>
            <translation>此导入由角色 {0} 完成，而 {1} 的行更改时会运行代码（触发器、默认值或检查中的函数、自定义类型），这些代码会以您的权限运行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The import was taken back or replaced by somebody else at the same moment.</source>
            <translation>此导入在同一时刻被其他人撤销或替换了。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The import {0}, so there is nothing to take back.</source>
            <translation>此导入{0}，因此没有可撤销的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/save.py" />
            <source>The last statement gives no rows, so there is nothing to save.</source>
            <translation>最后一条语句没有返回行，因此没有可保存的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/forest.py" />
            <source>The layout forest has format {0}, not {1}.</source>
            <translation>布局模型的格式是 {0}，而不是 {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The ledger of this database knows no import {0}.</source>
            <translation>此数据库的台账中没有导入 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>The lock on {0}{1} was waited for {2} times in vain. Nothing was loaded.</source>
            <translation>等待 {0}{1} 的锁 {2} 次均未成功。没有载入任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>The log says why.</source>
            <translation>原因见日志。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>The log says why. Start the version of Sheetferry that made it, save the data with `sheetferry server backup FILE`, and take it back with `sheetferry server restore FILE` in this version.</source>
            <translation>日志说明了原因。请启动建立它的 Sheetferry 版本，用 `sheetferry server backup FILE` 保存数据，再在此版本中用 `sheetferry server restore FILE` 取回。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>The name {0}… is too long to be a file.</source>
            <translation>名称 {0}… 太长，不可能是文件名。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/text/parameters.py" />
            <source>The parameter :{0} has no value.</source>
            <translation>参数 :{0} 没有值。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/zip_package.py" />
            <source>The part {0} of the file is {1} MB, which is absurd.</source>
            <translation>文件的 {0} 部分有 {1} MB，这不合理。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>The password does not open the document.</source>
            <translation>密码无法打开该文档。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <location filename="../../workers/importing/reading/opening.py" />
            <source>The password does not open the workbook.</source>
            <translation>密码无法打开该工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>The plan</source>
            <translation>方案</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>The plan cannot be read: {0}.</source>
            <translation>无法读取方案：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>The plan is of version {0}, this program knows {1}.</source>
            <translation>方案的版本是 {0}，而本程序支持 {1}。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>The plan {0} belongs to somebody else or can be changed by everybody, so it is not followed.</source>
            <translation>计划 {0} 属于他人，或任何人都可以更改它，因此不予执行。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>The plan {0} cannot be read: {1}.</source>
            <translation>无法读取方案 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>The port of the database address is not a number from 1 to 65535.</source>
            <translation>数据库地址中的端口不是 1 到 65535 之间的数字。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/controls.py" />
            <source>The program is ending and takes no more work.</source>
            <translation>程序正在结束，不再接受任务。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <location filename="../../workers/core/jobs/machine.py" />
            <source>The program was ending.</source>
            <translation>程序正在结束。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/binaries.py" />
            <source>The programs of the built-in PostgreSQL server are not installed.</source>
            <translation>未安装内置 PostgreSQL 服务器的程序。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The query ended its worker process ({0}). Rows that had come are kept.</source>
            <translation>该查询使其工作进程结束（{0}）。已到达的行会保留。</translation>
        </message>
        <message>
            <location filename="../../workers/core/query/tracking.py" />
            <source>The query failed without saying why.</source>
            <translation>查询失败，未说明原因。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>The query needs a database.</source>
            <translation>查询需要数据库。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/locked.py" />
            <source>The query needs more memory or disk than it may take.</source>
            <translation>该查询需要的内存或磁盘超出允许量。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>The query would run as a superuser, for whom a read-only transaction is no limit.</source>
            <translation>该查询会以超级用户运行，只读事务对其不构成限制。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/migrations.py" />
            <source>The queue and history in this folder were written by a newer Sheetferry.</source>
            <translation>此文件夹中的队列和历史由更新版本的 Sheetferry 写成。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>The queue in {0} cannot be read: {1}.</source>
            <translation>无法读取 {0} 中的队列：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>The queue in {0} cannot be written.</source>
            <translation>无法写入 {0} 中的队列。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/supervisor.py" />
            <source>The request could not be handed to a worker ({0}).</source>
            <translation>无法将请求交给工作进程（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>The result cannot be written to {0}: {1}.</source>
            <translation>结果无法写入 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/process/main_loop.py" />
            <source>The result could not be handed over ({0}).</source>
            <translation>无法交回结果（{0}）。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/parquet.py" />
            <source>The result could not be written as Parquet: {0}</source>
            <translation>结果无法写成 Parquet：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>The result has grown to {0}, more than the room for results ({1}) leaves.</source>
            <translation>结果已增长到 {0}，超出结果空间（{1}）的剩余量。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>The result has {0} columns, and a worksheet {1}.</source>
            <translation>结果有 {0} 列，而工作表只有 {1} 列。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>The result has {0} rows and {1} arrived, so nothing was kept.</source>
            <translation>结果有 {0} 行，但到达 {1} 行，因此没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <source>The result {0} cannot be read.</source>
            <translation>无法读取结果 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/tables.py" />
            <source>The result {0} is incomplete: it was not read whole.</source>
            <translation>结果 {0} 不完整：未读取全部。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <source>The result {0} was written by a newer Sheetferry.</source>
            <translation>结果 {0} 由更新版本的 Sheetferry 写成。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/opening.py" />
            <source>The role for queries on the built-in server can do more than read, so nothing was run.</source>
            <translation>内置服务器上的查询角色权限超出读取，因此没有运行任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>The rows go over {0} sheets: one holds {1}.</source>
            <translation>各行分布在 {0} 个工作表中：一个工作表容纳 {1} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/reader.py" />
            <source>The rows of the result {0} are gone.</source>
            <translation>结果 {0} 的行已不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>The rows of {0} cannot be replaced: rows of {1} refer to them.</source>
            <translation>无法替换 {0} 的行：{1} 的行引用了它们。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>The rows were sent, and the server cannot be reached to say whether it kept them.</source>
            <translation>行已发送，但无法连接服务器以确认是否已保留。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/sequences.py" />
            <source>The sequence of {0}.{1} goes on after {2}.</source>
            <translation>{0}.{1} 的序列将从 {2} 之后继续。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/sequences.py" />
            <source>The sequence of {0}.{1} stands at {2} and will give values that are taken; whoever may can run: {3}</source>
            <translation>{0}.{1} 的序列停在 {2}，将给出已被占用的值；有权限者可运行：{3}</translation>
        </message>
        <message>
            <location filename="../../workers/pool/durable/recovery.py" />
            <source>The server does not answer yet whether it kept the rows.</source>
            <translation>服务器尚未答复是否保留了这些行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The server has no such database: {0}</source>
            <translation>服务器上没有这个数据库：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/pool/durable/recovery.py" />
            <source>The server is asked whether it kept the rows.</source>
            <translation>正在询问服务器是否保留了这些行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The server says: {0}</source>
            <translation>服务器的消息：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The server {0} was not told the password: it wants to be told it in clear over a connection that need not be encrypted, or does not prove that it knows it.</source>
            <translation>没有把密码告诉服务器 {0}：它要求通过不一定加密的连接以明文告知密码，或者没有证明它知道密码。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The settings could not be saved to {0}: {1}.</source>
            <translation>无法将设置保存到 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The settings file could not be understood: {0}.</source>
            <translation>无法理解设置文件：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/migration.py" />
            <source>The settings file has version {0}, which never was.</source>
            <translation>设置文件的版本为 {0}，该版本从未存在。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The settings file was written by a newer version of Sheetferry.</source>
            <translation>设置文件是由更新版本的 Sheetferry 写入的。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The settings file {0} cannot be read: {1}.</source>
            <translation>无法读取设置文件 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>The settings file's version is {0}, not a number.</source>
            <translation>设置文件的版本是 {0}，不是数字。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/migration.py" />
            <source>The settings of version {0} could not be brought to version {1}.</source>
            <translation>无法将版本 {0} 的设置转换为版本 {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>The sheet ends at its last possible row (1,048,576): what was exported into it may have been cut off.</source>
            <translation>工作表止于其最后可能的一行 (1,048,576)：导出到其中的内容可能已被截断。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>The sheet goes down to row {0}; {1} exist.</source>
            <translation>工作表一直延伸到第 {0} 行；最多有 {1} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>The sheet goes on with {0} blank rows below row {1}; they are not loaded.</source>
            <translation>工作表在第 {1} 行之下还有 {0} 个空白行；不会载入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>The sheet has no column for {0}, the key of {1}.</source>
            <translation>工作表中没有对应 {0} 的列，而它是 {1} 的键。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/inspect.py" />
            <source>The sheet {0} cannot be read, and nothing of it will be imported: {1}</source>
            <translation>无法读取工作表 {0}，不会导入其中任何内容：{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>The sheet {0} is hidden in the workbook.</source>
            <translation>工作表 {0} 在工作簿中是隐藏的。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>The statement</source>
            <translation>该语句</translation>
        </message>
        <message>
            <location filename="../../workers/querying/run.py" />
            <source>The statement failed without saying why.</source>
            <translation>语句失败，未说明原因。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/failures.py" />
            <source>The statement would change something: {0}</source>
            <translation>该语句会更改数据：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/vaults.py" />
            <source>The system's keyring cannot keep the password.</source>
            <translation>系统密钥环无法保存密码。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The table has no such column: {0}</source>
            <translation>该表没有这样的列：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>The table has too many columns for PostgreSQL: {0}</source>
            <translation>该表的列数超过 PostgreSQL 的上限：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/tables.py" />
            <source>The table on sheet {0} has {1} columns; a PostgreSQL table holds {2} beside ours.</source>
            <translation>工作表 {0} 上的表有 {1} 列；PostgreSQL 的表除我们的列外最多容纳 {2} 列。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>The table would have {0} columns; PostgreSQL holds at most {1} beside ours.</source>
            <translation>该表将有 {0} 列；PostgreSQL 除我们的列外最多容纳 {1} 列。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <location filename="../../workers/querying/saving/table.py" />
            <source>The table {0} vanished while it was made.</source>
            <translation>表 {0} 在创建过程中消失了。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/shared_table.py" />
            <source>The table {0} was dropped while it was loaded.</source>
            <translation>表 {0} 在载入过程中被删除。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>The table {0} was dropped, and the import with it.</source>
            <translation>表 {0} 已被删除，该导入也随之消失。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>The table {0} was dropped, and the rows of this import with it.</source>
            <translation>表 {0} 已被删除，此导入的行也随之消失。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/resolve.py" />
            <source>The target database in the settings file has a password in it, and passwords are not kept there.</source>
            <translation>设置文件中的目标数据库含有密码，而密码不应保存在那里。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>The workbook counts its dates from 1904; {0} of dates ({1}) {2} read so.</source>
            <translation>工作簿的日期从 1904 年起算；{0}日期（{1}）按此读取。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>The workbook declares the Excel table {0} at {1}.</source>
            <translation>工作簿在 {1} 声明了 Excel 表 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <location filename="../../workers/importing/reading/xlsx/parts.py" />
            <source>The workbook has no sheet with cells.</source>
            <translation>工作簿中没有含单元格的工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/sheets.py" />
            <source>The workbook has no sheet {0}.</source>
            <translation>工作簿中没有工作表 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <source>The workbook has no sheet.</source>
            <translation>工作簿中没有工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/inspect.py" />
            <source>The workbook has no such sheet any more.</source>
            <translation>工作簿中已没有该工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>The workbook has no visible sheet.</source>
            <translation>工作簿中没有可见的工作表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/opening.py" />
            <source>The workbook is encrypted. The password that Excel tries by itself opens it, but then there is no table in it.</source>
            <translation>工作簿已加密。Excel 自动尝试的密码可以打开它，但其中没有表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <source>The workbook is protected by a password in a way that cannot be undone here.</source>
            <translation>工作簿受密码保护，其方式在此无法解除。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/container/encryption.py" />
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <source>The workbook is protected by a password.</source>
            <translation>工作簿受密码保护。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>The workbook names a sheet {0}, but holds no content for it.</source>
            <translation>工作簿列有工作表 {0}，但其中没有它的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/parts.py" />
            <source>The workbook names {0} sheet(s), but holds no content for them.</source>
            <translation>工作簿列有 {0} 个工作表，但其中没有它们的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/view.py" />
            <source>The workbook names: {0}.</source>
            <translation>工作簿中的名称有：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>The workbook's texts are more than {0} MB.</source>
            <translation>工作簿的文本超过 {0} MB。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>The workbook's texts are {0} MB.</source>
            <translation>工作簿的文本共 {0} MB。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <location filename="../../workers/querying/saving/table.py" />
            <source>There is a table {0} already.</source>
            <translation>表 {0} 已存在。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/run.py" />
            <source>There is no SQL to run.</source>
            <translation>没有要运行的 SQL。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/column_selection.py" />
            <source>There is no column {0} for {1} in the sheet.</source>
            <translation>工作表中没有列 {0} 可对应 {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <location filename="../../workers/querying/local/tables.py" />
            <source>There is no file {0}.</source>
            <translation>没有文件 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>There is no header: {0}.</source>
            <translation>没有表头：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <source>There is no result {0} any more.</source>
            <translation>结果 {0} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/shelf.py" />
            <source>There is no result {0}.</source>
            <translation>没有结果 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <source>There is no saved connection named {0}.</source>
            <translation>没有名为 {0} 的已保存连接。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>There is no schema in this database in which you may create a table.</source>
            <translation>此数据库中没有您可以创建表的模式。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>There is no spreadsheet in the folder {0}.</source>
            <translation>文件夹 {0} 中没有电子表格。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>There is no such schema: {0}</source>
            <translation>没有这样的模式：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>There is no such table: {0}</source>
            <translation>没有这样的表：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>There is no table in this workbook: its sheets hold no cells that could be rows.</source>
            <translation>此工作簿中没有表：各工作表中没有可以作为行的单元格。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/sheets.py" />
            <source>There is no table in {0}.</source>
            <translation>{0} 中没有表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>There is no table {0} yet, so no key is known by which rows could be matched.</source>
            <translation>表 {0} 尚不存在，因此不知道可用来匹配各行的键。</translation>
        </message>
        <message>
            <location filename="../../workers/database/table_reader.py" />
            <source>There is no table {0}.{1} any more.</source>
            <translation>表 {0}.{1} 已不存在。</translation>
        </message>
        <message>
            <location filename="../../workers/pool/process/main_loop.py" />
            <source>There is not enough memory for it.</source>
            <translation>内存不足。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>There is nothing left to take back.</source>
            <translation>没有可撤销的内容了。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <source>There is nothing to write.</source>
            <translation>没有可写入的内容。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>There is such a table already: {0}</source>
            <translation>该表已存在：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/rows/rejects_mark.py" />
            <source>These are rejected rows of the import {0}: importing the workbook adds them to it, whatever table is chosen here.</source>
            <translation>这些是导入 {0} 中被拒绝的行：导入此工作簿会将它们加入该导入，不论此处选择了哪个表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>This import cannot be undone: your role may not write to schema sheetferry_kept, where the rows before it are kept.</source>
            <translation>此导入无法撤销：您的角色无权写入模式 sheetferry_kept，而导入前的行保留在那里。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>This is no import plan: it lacks the line {0} = {1}.</source>
            <translation>这不是导入方案：缺少 {0} = {1} 这一行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>This was a trial: everything was rolled back, nothing was kept.</source>
            <translation>这是试运行：一切都已回滚，没有保留任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>This workbook holds rejected rows of an earlier import, to which mended rows can only be added.</source>
            <translation>此工作簿包含之前某次导入被拒绝的行，改正后的行只能添加到该导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>This workbook holds rejected rows of an earlier import, which only the ledger knows.</source>
            <translation>此工作簿包含之前某次导入被拒绝的行，只有台账知道它们。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>This workbook holds rejected rows of an import into {0}, but {1} was asked for.</source>
            <translation>此工作簿含有导入到 {0} 时被拒绝的行，但要求的是 {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>This workbook holds rejected rows of an import into {0}, which cannot replace that table.</source>
            <translation>此工作簿含有导入到 {0} 时被拒绝的行，它们不能替换该表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>This workbook holds rejected rows of an import that this database does not know.</source>
            <translation>此工作簿包含某次导入被拒绝的行，而此数据库不知道该导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/file_import.py" />
            <source>This workbook says that it holds rejected rows of an earlier import; to add such was not asked for.</source>
            <translation>此工作簿声称含有先前某次导入中被拒绝的行；但没有要求添加此类行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>To load them all the same, copy them into a new workbook.</source>
            <translation>如仍要载入，请将它们复制到新的工作簿。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/shared_table.py" />
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <location filename="../../workers/querying/saving/table.py" />
            <source>Try again.</source>
            <translation>请重试。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>Try again; if it happens again, the file may be damaged or the table locked by another program.</source>
            <translation>请重试；如果再次发生，可能是文件已损坏，或表被另一个程序锁定。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/tables.py" />
            <source>Try again; if it stays so, end the other program.</source>
            <translation>请重试；如果仍然如此，请结束另一个程序。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/column_selection.py" />
            <source>Two columns would both be called {0}.</source>
            <translation>有两列都会被命名为 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>Undo {0} first.</source>
            <translation>请先撤销 {0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/vaults.py" />
            <source>Unlock or install a keyring, keep the password in a file that only you can read, or type it again.</source>
            <translation>请解锁或安装密钥环，将密码保存在只有您能读取的文件中，或重新输入密码。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <location filename="../../workers/database/embedded/backup.py" />
            <source>Update Sheetferry.</source>
            <translation>请更新 Sheetferry。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/migrations.py" />
            <source>Update this one, or set SHEETFERRY_HOME to another folder.</source>
            <translation>请更新本程序，或将 SHEETFERRY_HOME 设为其他文件夹。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/spool/meta.py" />
            <source>Update this one.</source>
            <translation>请更新本程序。</translation>
        </message>
        <message>
            <location filename="../../workers/database/engines.py" />
            <source>Use a newer server, or the built-in one.</source>
            <translation>请使用更新的服务器，或内置服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>Use a saved connection, a password file (PGPASSFILE), the variable SHEETFERRY_DATABASE_URL, or leave it out and type it when asked.</source>
            <translation>请使用已保存的连接、密码文件 (PGPASSFILE) 或变量 SHEETFERRY_DATABASE_URL，或将其省略并在询问时输入。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/upgrade.py" />
            <source>Use the newer version of Sheetferry again.</source>
            <translation>请重新使用较新版本的 Sheetferry。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Use the primary server.</source>
            <translation>请使用主服务器。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>Wait a little and try again; if it stays so, end the other program.</source>
            <translation>请稍候重试；如果仍然如此，请结束另一个程序。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Wait for running imports, or raise DB_POOL_SIZE.</source>
            <translation>请等待运行中的导入完成，或提高 DB_POOL_SIZE。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>Wait until it has ended, or cancel it, then try again.</source>
            <translation>请等待它结束，或取消它，然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>Wait until it is copied or saved, then try again.</source>
            <translation>请等待复制或保存完成，然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Wait until other imports into it have ended, then try again.</source>
            <translation>请等待写入该表的其他导入结束，然后重试。</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>Wait until others have gone, use fewer workers, or have max_connections raised.</source>
            <translation>请等待其他连接释放、减少工作进程，或请人提高 max_connections。</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/undo_notes.py" />
            <source>What an undo needs to know of it is not kept (any more).</source>
            <translation>撤销它所需的信息没有（或不再）保留。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>What an undo needs to know of this import is not kept (any more), so edited rows cannot be told from others. Nothing was taken back.</source>
            <translation>撤销此导入所需的信息没有（或不再）保留，因此无法区分被编辑过的行。没有撤销任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>What had been loaded before stays: {0}.</source>
            <translation>之前已载入的内容仍然保留：{0}。</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <source>What is given as the database is neither a URL nor the name of a saved connection.</source>
            <translation>所给的数据库既不是 URL，也不是已保存连接的名称。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <source>What it changed was committed.</source>
            <translation>其更改已提交。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo_log.py" />
            <source>What was kept of the rows before this import, {0}, is not a table of the role that made the import.</source>
            <translation>为此导入之前的行所保留的 {0} 不是完成该导入的角色的表。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>Whether it was is settled as soon as the database can be reached again.</source>
            <translation>一旦能再次连接数据库，即可确定是否已提交。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/rows/rejects_mark.py" />
            <source>Why it was rejected</source>
            <translation>被拒绝的原因</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>Write [{0}] on a line of its own.</source>
            <translation>请将 [{0}] 单独写在一行。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>Write it as {0}, or give the name of a saved connection.</source>
            <translation>请写成 {0}，或给出已保存连接的名称。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>Write it as {0}; @ is %40, / is %2F, ? is %3F.</source>
            <translation>请写成 {0}；@ 写作 %40，/ 写作 %2F，? 写作 %3F。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>Write it as {0}?sslmode=require</source>
            <translation>请写成 {0}?sslmode=require</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>Write schema.name.</source>
            <translation>请写成 模式.名称。</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>Write {0}; special characters in a password must be percent-encoded (/ is %2F).</source>
            <translation>请写成 {0}；密码中的特殊字符必须使用百分号编码（/ 写作 %2F）。</translation>
        </message>
        <message>
            <location filename="../../app/context/settings_store.py" />
            <source>Wrong values were replaced by their defaults.</source>
            <translation>错误的值已替换为默认值。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>[{0}] of the plan</source>
            <translation>方案的 [{0}]</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/workbook.py" />
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>`sheetferry history` lists the imports there are.</source>
            <translation>`sheetferry history` 会列出已有的导入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>`sheetferry history` shows what is in force.</source>
            <translation>`sheetferry history` 会显示当前有效的导入。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>`sheetferry server backup FILE` makes one.</source>
            <translation>`sheetferry server backup FILE` 可建立备份。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a 7-Zip archive; unpack it first</source>
            <translation>7-Zip 压缩包；请先解压</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a DIF spreadsheet; save it as xlsx or CSV in your spreadsheet program</source>
            <translation>DIF 电子表格；请在电子表格程序中另存为 xlsx 或 CSV</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a Lotus 1-2-3 worksheet; save it as xlsx in your spreadsheet program</source>
            <translation>Lotus 1-2-3 工作表；请在电子表格程序中另存为 xlsx</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a PDF document</source>
            <translation>PDF 文档</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a Parquet file</source>
            <translation>Parquet 文件</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>a PowerPoint presentation</source>
            <translation>PowerPoint 演示文稿</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a RAR archive; unpack it first</source>
            <translation>RAR 压缩包；请先解压</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a SYLK spreadsheet; save it as xlsx or CSV in your spreadsheet program</source>
            <translation>SYLK 电子表格；请在电子表格程序中另存为 xlsx 或 CSV</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>a Visio drawing</source>
            <translation>Visio 绘图</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a Windows program</source>
            <translation>Windows 程序</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>a Word document</source>
            <translation>Word 文档</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>a Works document</source>
            <translation>Works 文档</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a bzip2 archive; unpack it first</source>
            <translation>bzip2 压缩包；请先解压</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>a cell calls itself a {0}, but holds {1}</source>
            <translation>有一个单元格自称为 {0}，内容却是 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>a cell calls itself {0}</source>
            <translation>有一个单元格自称为 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/table_writer.py" />
            <source>a cell right of the table, in column {0}</source>
            <translation>表右侧列 {0} 中的单元格</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a gzip archive; unpack it first</source>
            <translation>gzip 压缩包；请先解压</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>a list of texts such as ["a", "b"]</source>
            <translation>文本列表，如 ["a", "b"]</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>a note below the table</source>
            <translation>表下方的注释</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>a number of rows such as 20, or a share such as "1%"</source>
            <translation>行数（如 20）或比例（如 "1%"）</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>a number of seconds above 0</source>
            <translation>大于 0 的秒数</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a picture (GIF)</source>
            <translation>图片 (GIF)</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a picture (JPEG)</source>
            <translation>图片 (JPEG)</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>a picture (PNG)</source>
            <translation>图片 (PNG)</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>a remark between header and data</source>
            <translation>表头与数据之间的备注</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>a row begins within a cell</source>
            <translation>有一行从单元格内部开始</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/key_rules.py" />
            <source>a row without a value in the key cannot be told from others</source>
            <translation>键没有值的行无法与其他行区分</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>a row-level security policy of the table does not allow this row.</source>
            <translation>表的行级安全策略不允许这一行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>a single cell, which makes no table</source>
            <translation>单个单元格，不构成表</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>a text in quotation marks</source>
            <translation>带引号的文本</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/biff12.py" />
            <source>a text is longer than its record</source>
            <translation>文本长于其记录</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>a title or note</source>
            <translation>标题或注释</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>a title or notes</source>
            <translation>标题或注释</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/stream_checks.py" />
            <source>a total: {0}</source>
            <translation>合计：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>a value is repeated over {0} columns</source>
            <translation>一个值重复了 {0} 列</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>a whole number{0}</source>
            <translation>整数{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>above the header that was chosen</source>
            <translation>在指定的表头之上</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>above the header: a title or notes</source>
            <translation>表头之上：标题或注释</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>all {0} filled cells are {1}</source>
            <translation>{0} 个值全是{1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>an Arrow file</source>
            <translation>Arrow 文件</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/ole.py" />
            <source>an Outlook message</source>
            <translation>Outlook 邮件</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>an RTF document</source>
            <translation>RTF 文档</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>an SQLite database</source>
            <translation>SQLite 数据库</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>an assistant failed: {0}</source>
            <translation>助手进程失败：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/sniffing.py" />
            <source>an xz archive; unpack it first</source>
            <translation>xz 压缩包；请先解压</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>and adds up the rows above</source>
            <translation>，并且等于上方各行之和</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>and {0} more</source>
            <translation>和另外 {0} 个</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>are</source>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>are deleted from</source>
            <translation>将从表中删除：</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>arrive</source>
            <translation>载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>arrives</source>
            <translation>载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/assistants.py" />
            <source>assistant {0}</source>
            <translation>助手 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>at least</source>
            <translation>至少</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>at least {0}</source>
            <translation>至少 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <location filename="../../workers/system/private_files.py" />
            <source>belongs to another user</source>
            <translation>属于另一个用户</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>below the data</source>
            <translation>在数据下方</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>booleans</source>
            <translation>布尔值</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>built-in database</source>
            <translation>内置数据库</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>cell {0} holds {1}</source>
            <translation>单元格 {0} 的内容是 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <source>cell {0} holds {1} as {2}</source>
            <translation>单元格 {0} 以 {2} 类型存有 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <source>cells are out of order</source>
            <translation>单元格顺序错乱</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>cells of several kinds ({0}), so the column is text</source>
            <translation>单元格类型混杂（{0}），因此该列为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>checking</source>
            <translation>检查</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>chosen; all {0} filled cells fit</source>
            <translation>已指定；{0} 个值全部合格</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>chosen; {0} of {1} filled cells do not fit: {2}</source>
            <translation>已指定；{1} 个值中 {0} 个不合格：{2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>committing</source>
            <translation>提交</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>connecting</source>
            <translation>正在连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>dates</source>
            <translation>日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>dates stored as text</source>
            <translation>以文本存储的日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>dates with a time</source>
            <translation>带时间的日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>day and month cannot be told apart in any of them</source>
            <translation>所有日期都无法区分日和月</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>default database</source>
            <translation>默认数据库</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>digits with a leading zero</source>
            <translation>带前导零的数字串</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>do</source>
            <translation>确实</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>does</source>
            <translation>确实</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>durations</source>
            <translation>时长</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>each line is one value, or words that belong together</source>
            <translation>每行是一个值，或属于同一整体的词</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>errors</source>
            <translation>错误</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>every byte of the file is valid UTF-8</source>
            <translation>文件的每个字节都是有效的 UTF-8</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>every other byte of its digits and line ends is zero</source>
            <translation>数字和换行符每隔一个字节为零</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>exit code {0}</source>
            <translation>退出码 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>fetching</source>
            <translation>正在取行</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>file {0}</source>
            <translation>文件 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>fill down</source>
            <translation>向下填充</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>from {0} to {1}{2}</source>
            <translation>，从 {0} 到 {1}{2}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>guessed from its letters</source>
            <translation>根据其字母推测</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>has</source>
            <translation>有</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>have</source>
            <translation>有</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>held by {0}</source>
            <translation>，由 {0} 持有</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>hold</source>
            <translation>含有</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>holds</source>
            <translation>含有</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>is</source>
            <translation>是</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <source>is a link</source>
            <translation>是一个链接</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>is dropped</source>
            <translation>将被删除</translation>
        </message>
        <message>
            <location filename="../../workers/system/private_files.py" />
            <source>is not a folder</source>
            <translation>不是文件夹</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <source>is not a plain file of its own</source>
            <translation>不是独立的普通文件</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>is not in force any more</source>
            <translation>已不再有效</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>it arrives as NULL</source>
            <translation>将载入为 NULL</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>it arrives as text</source>
            <translation>将作为文本载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>it has no label and adds up the rows above</source>
            <translation>它没有标签，并且等于上方各行之和</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>it is bold</source>
            <translation>它是粗体</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>it is called {0}</source>
            <translation>它名为 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>it is called {0} and adds up the rows above</source>
            <translation>它名为 {0}，并且等于上方各行之和</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>it is called {0} and is a figure about the rows above</source>
            <translation>它名为 {0}，是关于上方各行的统计数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>it is called {0}{1}</source>
            <translation>它名为 {0}{1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/encryption.py" />
            <source>it is locked as a whole</source>
            <translation>它被整体锁定</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it is not a web address</source>
            <translation>它不是网址</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/tail.py" />
            <source>it leads to the total below</source>
            <translation>它引出下方的合计</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it must be a host name or an IP address</source>
            <translation>它必须是主机名或 IP 地址</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it must be an IP address, such as 127.0.0.1</source>
            <translation>它必须是 IP 地址，如 127.0.0.1</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it must be an e-mail address, or several with commas between them</source>
            <translation>它必须是一个电子邮件地址，或用逗号分隔的多个地址</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>it must be {0}</source>
            <translation>它必须是{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it must begin with https:// or http:// and name a host</source>
            <translation>它必须以 https:// 或 http:// 开头并包含主机名</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/checks.py" />
            <source>it must begin with postgresql://, or be the name of a saved connection</source>
            <translation>它必须以 postgresql:// 开头，或是已保存连接的名称</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <location filename="../../workers/core/layout/learnt.py" />
            <source>it names {0} of the columns filled below</source>
            <translation>它为下方有内容的列中的 {0} 列命名</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>its byte order mark says so</source>
            <translation>由其字节顺序标记指明</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <source>its cells are out of order</source>
            <translation>其单元格顺序错乱</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>its row is rejected</source>
            <translation>其所在的行被拒绝</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/resolver.py" />
            <source>its server process still works</source>
            <translation>其服务器进程仍在工作</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>its task</source>
            <translation>其任务</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>its texts stand over numbers, dates or booleans in {0} of {1} columns</source>
            <translation>在 {1} 列中的 {0} 列里，它的文本位于数字、日期或布尔值之上</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/resolver.py" />
            <source>its transaction is still open</source>
            <translation>其事务仍未结束</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <source>its worker died ({0})</source>
            <translation>其工作进程意外终止（{0}）</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>its worker process</source>
            <translation>其工作进程</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>its worker process while {0}</source>
            <translation>其工作进程在{0}时</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>leave blank</source>
            <translation>留空</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>leave out</source>
            <translation>排除</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>left out</source>
            <translation>已排除</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <source>lies in a folder that others than root may change</source>
            <translation>位于 root 以外的人可以更改的文件夹中</translation>
        </message>
        <message>
            <location filename="../../workers/core/query/outcome.py" />
            <source>line {0}, character {1}</source>
            <translation>第 {0} 行，第 {1} 个字符</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>loaded with the rest</source>
            <translation>与其余一起载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>loading</source>
            <translation>载入</translation>
        </message>
        <message>
            <location filename="../../workers/system/private_files.py" />
            <source>may be written by others</source>
            <translation>可被他人写入</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>mended rejects</source>
            <translation>改正后的拒绝行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>more {0} than {1} keeps</source>
            <translation>{1} 容纳不下的{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>nearly every byte of the file is valid UTF-8</source>
            <translation>文件几乎每个字节都是有效的 UTF-8</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>negative dates</source>
            <translation>负日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>new jobs wait until it is over</source>
            <translation>在结束之前，新任务等待</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>no delimiter divides the lines regularly</source>
            <translation>没有能有规律地划分各行的分隔符</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>no filled cell{0}</source>
            <translation>没有值{0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/server.py" />
            <source>no message.</source>
            <translation>没有消息。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>no reason given</source>
            <translation>未给出原因</translation>
        </message>
        <message>
            <location filename="../../workers/database/explain.py" />
            <source>no reason was given.</source>
            <translation>未给出原因。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>no row above the data names its columns ({0})</source>
            <translation>数据上方没有命名各列的行（{0}）</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <source>no row stands out as a header</source>
            <translation>没有明显是表头的行</translation>
        </message>
        <message>
            <location filename="../../workers/database/local/saved_connections.py" />
            <source>none yet</source>
            <translation>暂无</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>none, columns of fixed width</source>
            <translation>无，列宽固定</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>not UTF-8; {0}</source>
            <translation>不是 UTF-8；{0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>not a duration: {0}</source>
            <translation>不是时长：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/monitor/database_reader.py" />
            <source>not visible</source>
            <translation>不可见</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <location filename="../../workers/importing/survey/stream_checks.py" />
            <source>notes below the data</source>
            <translation>数据下方的注释</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>null tokens</source>
            <translation>空值标记</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>numbers</source>
            <translation>数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>numbers of more than 15 digits stored as text</source>
            <translation>以文本存储的超过 15 位的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>numbers shown with leading zeros</source>
            <translation>显示前导零的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>numbers stored as text</source>
            <translation>以文本存储的数字</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>of at least {0}{1}</source>
            <translation>，至少为 {0}{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>of at most {0}{1}</source>
            <translation>，至多为 {0}{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>on worker {0}</source>
            <translation>在工作进程 {0} 上</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <location filename="../../workers/core/settings/schema.py" />
            <source>one of {0}</source>
            <translation>以下之一：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>only {0} until it is over</source>
            <translation>在结束之前，仅{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>opening</source>
            <translation>打开</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>other programs; Sheetferry takes {0}% of the machine</source>
            <translation>其他程序；Sheetferry 占用本机的 {0}%</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <source>own BIFF12 reader</source>
            <translation>自有的 BIFF12 读取器</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>own XML reader</source>
            <translation>自有的 XML 读取器</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>own XML reader (OpenDocument)</source>
            <translation>自有的 XML 读取器 (OpenDocument)</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <source>own XML reader (XML Spreadsheet 2003)</source>
            <translation>自有的 XML 读取器 (XML Spreadsheet 2003)</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>parentheses or a sign behind all of them may mean something else than a minus</source>
            <translation>全部带括号或后置符号，可能并非负号</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>parts of a second</source>
            <translation>秒的小数</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>querying</source>
            <translation>正在查询</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>reading</source>
            <translation>读取</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>row does</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/stream_checks.py" />
            <source>row {0} below a blank row looks like the header of another table</source>
            <translation>空白行下方的第 {0} 行像是另一个表的表头</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>row {0} comes after row {1}</source>
            <translation>第 {0} 行出现在第 {1} 行之后</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/sources.py" />
            <source>row {0} says the header again</source>
            <translation>第 {0} 行重复了表头</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <source>rows are out of order</source>
            <translation>行顺序错乱</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>rows do</source>
            <translation>行</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>rows get their former values back</source>
            <translation>行恢复原来的值</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>rows leave with their table {0}, which holds nothing else</source>
            <translation>行随其表 {0} 一并删除，该表中没有其他内容</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>rows of this import leave {0}</source>
            <translation>此导入的行将从 {0} 中删除</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>rows were edited since: they stay, and are listed</source>
            <translation>行在此后被编辑过：会保留并列出</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>saving</source>
            <translation>正在保存</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <location filename="../../workers/importing/reading/xlsx/plain/sheet.py" />
            <source>sheet {0}</source>
            <translation>工作表 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>signal {0}</source>
            <translation>信号 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>some dates begin with the day and others with the month</source>
            <translation>有些日期以日开头，有些以月开头</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>some dates begin with the year and others do not</source>
            <translation>有些日期以年开头，有些不是</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>some numbers have a decimal dot and others a decimal comma</source>
            <translation>有些数字用小数点，有些用小数逗号</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>some numbers have a percent sign and others have none</source>
            <translation>有些数字带百分号，有些没有</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/sources.py" />
            <source>something else stands below the table</source>
            <translation>表下方还有其他内容</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>spaces at the end</source>
            <translation>末尾空格</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>sure to {0}</source>
            <translation>把握 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>text in a column of type {0}</source>
            <translation>类型为 {0} 的列中的文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>text that is not empty</source>
            <translation>非空文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>text: {0}</source>
            <translation>文本：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>texts</source>
            <translation>文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>texts such as 13/02/2024 stand beside real dates, whose day and month may be swapped</source>
            <translation>形如 13/02/2024 的文本与真正的日期并存，后者的日和月可能已颠倒</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>texts that look like errors</source>
            <translation>看起来像错误的文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>texts with a percent sign stand beside numbers without one</source>
            <translation>带百分号的文本与不带百分号的数字并存</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>the amounts are in several currencies</source>
            <translation>金额使用了多种货币</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>the built-in database</source>
            <translation>内置数据库</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>the cell holds the error {0}</source>
            <translation>单元格中是错误 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>the comma may be a decimal mark or stand between thousands</source>
            <translation>逗号可能是小数点，也可能是千位分隔符</translation>
        </message>
        <message>
            <location filename="../../workers/querying/session/link.py" />
            <source>the connection is lost</source>
            <translation>连接已断开</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/table_import.py" />
            <source>the connection was lost</source>
            <translation>连接已断开</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>the day comes first</source>
            <translation>日在前</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>the delimiter changes inside the file</source>
            <translation>分隔符在文件内部发生变化</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/ods/reader.py" />
            <source>the document</source>
            <translation>文档</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/text_shapes.py" />
            <source>the dot may be a decimal mark or stand between thousands</source>
            <translation>点可能是小数点，也可能是千位分隔符</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>the error {0} stands in a column of another type</source>
            <translation>错误 {0} 出现在其他类型的列中</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>the file was refused</source>
            <translation>文件被拒绝</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>the first line says so</source>
            <translation>由第一行指明</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/key_rules.py" />
            <source>the key comes more than once</source>
            <translation>该键出现不止一次</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>the last row holds nothing but texts</source>
            <translation>最后一行全是文本</translation>
        </message>
        <message>
            <location filename="../../workers/database/ledger/ledger.py" />
            <source>the ledger has no import {0}</source>
            <translation>台账中没有导入 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>the month comes first</source>
            <translation>月在前</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/catalogue.py" />
            <source>the platform's user-data folder</source>
            <translation>系统的用户数据文件夹</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/machine.py" />
            <source>the process could not be made</source>
            <translation>无法创建进程</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>the program is ending</source>
            <translation>程序正在结束</translation>
        </message>
        <message>
            <location filename="../../workers/pool/controls.py" />
            <source>the queue is held</source>
            <translation>队列已暂停</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>the rate limit lets {0} into one server start in {1} s</source>
            <translation>速率限制在 {1} 秒后允许 {0} 启动到同一服务器</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>the rule was switched off</source>
            <translation>该规则已关闭</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/key_rules.py" />
            <source>the same key stands in row {0}</source>
            <translation>第 {0} 行有相同的键</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>the same positions are blank in nearly all lines</source>
            <translation>几乎所有行的相同位置都是空白</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <location filename="../../workers/importing/reading/xlsx/exact.py" />
            <source>the table of texts</source>
            <translation>文本表</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>the total</source>
            <translation>合计</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <location filename="../../workers/core/layout/learnt.py" />
            <source>the total row of the Excel table</source>
            <translation>Excel 表的合计行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/encoding.py" />
            <source>the usual Western encoding</source>
            <translation>常见的西欧编码</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/markup/xml_spreadsheet_reader.py" />
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <location filename="../../workers/importing/reading/xlsb/reader.py" />
            <source>the workbook</source>
            <translation>工作簿</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>their rows are rejected</source>
            <translation>其所在的行被拒绝</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/key_rules.py" />
            <source>there is no row with this key, and a new one would need a value in {0}</source>
            <translation>没有具有此键的行，而新行需要 {0} 的值</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>they arrive as NULL</source>
            <translation>将载入为 NULL</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>they arrive as text</source>
            <translation>将作为文本载入</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>this machine</source>
            <translation>本机</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>times</source>
            <translation>时间</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>titles, notes or a form: its rows are not built like those of a table</source>
            <translation>标题、注释或表单：其行的结构不像表格</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/detect.py" />
            <source>to {0}.</source>
            <translation>到第 {0} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <location filename="../../workers/core/settings/schema.py" />
            <source>true or false</source>
            <translation>true 或 false</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/tasks.py" />
            <source>waiting for a decision</source>
            <translation>等待决定</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting for a free worker</source>
            <translation>等待空闲的工作进程</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>waiting for a lock on {0}{1}</source>
            <translation>正在等待 {0} 的锁{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting: a worker process could not be started ({0}), it is tried again</source>
            <translation>等待：无法启动工作进程（{0}），将重试</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting: another Sheetferry on this machine uses the workers</source>
            <translation>等待：本机上的另一个 Sheetferry 正在使用工作进程</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/admission.py" />
            <source>waiting: needs about</source>
            <translation>等待：约需</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/admission.py" />
            <source>waiting: needs about {0}, {1} free</source>
            <translation>等待：约需 {0}，空闲 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/admission.py" />
            <source>waiting: runs alone, when the others have ended</source>
            <translation>等待：待其他任务结束后单独运行</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>waiting: the connections of {0} are being counted</source>
            <translation>等待：正在统计{0}的连接数</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>waiting: this user or database has all the connections to {0} that its limit allows</source>
            <translation>等待：该用户或数据库在{0}上的连接数已达到其上限</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <source>waiting: tried again</source>
            <translation>等待：将重试</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/completion.py" />
            <source>waiting: tried again, {0}</source>
            <translation>等待：将重试，{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting: {0}</source>
            <translation>等待：{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting: {0} before it</source>
            <translation>等待：前面还有 {0} 个</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>waiting: {0} has no free connection</source>
            <translation>等待：{0}没有空闲连接</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>waiting: {0} hold {1} connections to {2}, all that our pool of {3} lets them have</source>
            <translation>等待：{0} 占用到 {2} 的 {1} 个连接，已达连接池 {3} 的上限</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>waiting: {0} of {1} connections are in use on {2}, {3}</source>
            <translation>等待：{2}的 {1} 个连接已使用 {0} 个，{3}</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/dispatch.py" />
            <source>waiting: {0} of {1} running, {2} in line</source>
            <translation>等待：{1} 个中有 {0} 个在运行，排在第 {2} 位</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>was dropped</source>
            <translation>已被删除</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>was replaced by a later import</source>
            <translation>已被之后的导入替换</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>was undone already</source>
            <translation>已经撤销</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>were deleted from</source>
            <translation>已从表中删除：</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>while {0}</source>
            <translation>（{0}时）</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>whole numbers</source>
            <translation>整数</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>worker W{0} with {1} ({2})</source>
            <translation>工作进程 W{0}，正在处理 {1}（{2}）</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xls/reader.py" />
            <source>xlrd (BIFF{0}){1}</source>
            <translation>xlrd (BIFF{0}){1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>{0} (python-calamine-plus refused the file: {1})</source>
            <translation>{0}（python-calamine-plus 拒绝了该文件：{1}）</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} among the data: only the first cell of each has a value.</source>
            <translation>数据中有{0}：每个区域只有第一个单元格有值。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>{0} are kept for administrators</source>
            <translation>{0} 个保留给管理员</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>{0} are the header: {1}.</source>
            <translation>{0}是表头：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} at {1} {2} not loaded: {3}.</source>
            <translation>{1} 处的{0}未载入：{3}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} booleans</source>
            <translation>{0} 个布尔值</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>{0} by what was learnt from sheets labelled by hand</source>
            <translation>{0}，依据从人工标注的工作表中学到的内容</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} cannot be read: {1}.</source>
            <translation>无法读取 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/save.py" />
            <source>{0} cannot be written: {1}.</source>
            <translation>无法写入 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/table_writer.py" />
            <source>{0} cannot become {1} in place</source>
            <translation>{0} 无法就地变为 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <location filename="../../workers/importing/loading/target/column_fit.py" />
            <source>{0} cells</source>
            <translation>{0} 个单元格</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} columns</source>
            <translation>{0} 列</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>{0} computes column {1} itself (GENERATED ALWAYS AS), so nothing can be loaded into it.</source>
            <translation>{0} 自行计算列 {1}（GENERATED ALWAYS AS），因此不能向其中导入数据。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <location filename="../../app/services/plan_files.py" />
            <location filename="../../app/services/table_export.py" />
            <source>{0} could not be written: {1}.</source>
            <translation>无法写入 {0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} dates</source>
            <translation>{0} 个日期</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} dates outside of Excel's calendar (1900-03-01 to 9999-12-31) are text.</source>
            <translation>{0} 个超出 Excel 日历（1900-03-01 至 9999-12-31）的日期存为文本。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/text/dialect.py" />
            <source>{0} divides the lines most regularly</source>
            <translation>{0} 最有规律地划分各行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} durations</source>
            <translation>{0} 个时长</translation>
        </message>
        <message>
            <location filename="../../workers/querying/run.py" />
            <location filename="../../workers/querying/saving/later.py" />
            <source>{0} exists already.</source>
            <translation>{0} 已存在。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} filled cells</source>
            <translation>{0} 个有内容的单元格</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} formulas</source>
            <translation>{0} 个公式</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>{0} gives no rows, so it is taken to change something; it was not run.</source>
            <translation>{0} 不返回行，被视为会更改数据；没有运行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} has a time of day</source>
            <translation>{0} 带有时刻</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>{0} has further names (hard links), and others can write to its folder: it may be a file that they cannot read themselves.</source>
            <translation>{0} 还有其他名称（硬链接），而其他人可以写入它所在的文件夹：它可能是他们自己无权读取的文件。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} has more digits than a double precision number holds</source>
            <translation>{0} 的位数超过双精度数所能容纳的范围</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>{0} has no column for {1}.</source>
            <translation>{0} 中没有对应 {1} 的列。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>{0} has no primary key, so rows cannot be matched without one being named.</source>
            <translation>{0} 没有主键，因此必须指定键才能匹配各行。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>{0} has no unique index on {1}, or only a deferrable one: rows were matched while the table was locked.</source>
            <translation>{0} 在 {1} 上没有唯一索引，或只有可延迟的唯一索引：匹配行时锁定了表。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>{0} has {1}, which this version does not know.</source>
            <translation>{0}中有 {1}，此版本不认识。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/learnt.py" />
            <source>{0} header rows belong together</source>
            <translation>{0} 行表头属于一体</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} headers</source>
            <translation>{0} 个表头</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} in production, {1} in development</source>
            <translation>生产环境为 {0}，开发环境为 {1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>{0} in the plan is not a section.</source>
            <translation>方案中的 {0} 不是节。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/resolve.py" />
            <source>{0} in the settings file</source>
            <translation>设置文件中的 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} inside the table {1} left out: there the header or the title of a page comes again.</source>
            <translation>表内有 {0} 被排除：那里重复了页面的表头或标题。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is a folder, not a file.</source>
            <translation>{0} 是文件夹，不是文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is a link that leads in a circle.</source>
            <translation>{0} 是一个循环指向的链接。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>{0} is being written at this moment.</source>
            <translation>{0} 此刻正在被写入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_fields.py" />
            <source>{0} is expected</source>
            <translation>应为{0}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is larger than a bigint holds</source>
            <translation>{0} 超出了 bigint 的范围</translation>
        </message>
        <message>
            <location filename="../../workers/importing/survey/view.py" />
            <source>{0} is neither a block of cells such as A5:H200 nor the name of a table in the workbook.</source>
            <translation>{0} 既不是 A5:H200 这样的单元格区域，也不是工作簿中某个表的名称。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is neither true nor false</source>
            <translation>{0} 既不是真也不是假</translation>
        </message>
        <message>
            <location filename="../../workers/querying/local/tables.py" />
            <source>{0} is no Parquet file that can be read.</source>
            <translation>{0} 不是可读取的 Parquet 文件。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>{0} is no backup of Sheetferry.</source>
            <translation>{0} 不是 Sheetferry 的备份。</translation>
        </message>
        <message>
            <location filename="../../app/services/plan_files.py" />
            <source>{0} is no import plan.</source>
            <translation>{0} 不是导入方案。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/table.py" />
            <source>{0} is no name for a table.</source>
            <translation>{0} 不是表名。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not a date</source>
            <translation>{0} 不是日期</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not a duration</source>
            <translation>{0} 不是时长</translation>
        </message>
        <message>
            <location filename="../../workers/importing/watched_folder.py" />
            <source>{0} is not a folder that belongs to you, so nothing is moved to it.</source>
            <translation>{0} 不是属于您的文件夹，因此不会向其中移动任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not a number</source>
            <translation>{0} 不是数字</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is not a possible file name.</source>
            <translation>{0} 不可能是文件名。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/target_table.py" />
            <source>{0} is not a table, so nothing can be loaded into it.</source>
            <translation>{0} 不是表，因此无法向其载入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not a time of day</source>
            <translation>{0} 不是时刻</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not a whole number</source>
            <translation>{0} 不是整数</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <location filename="../../workers/importing/source_file.py" />
            <source>{0} is not an ordinary file (a device or a pipe).</source>
            <translation>{0} 不是普通文件（而是设备或管道）。</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/conversion.py" />
            <source>{0} is not of type {1}</source>
            <translation>{0} 不是 {1} 类型</translation>
        </message>
        <message>
            <location filename="../../workers/querying/statement_run.py" />
            <source>{0} is not run: all statements of a run are in one transaction of Sheetferry's own.</source>
            <translation>{0} 不会运行：一次运行的所有语句都在 Sheetferry 自己的一个事务中。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>{0} is not the file any more that was seen there a moment ago.</source>
            <translation>{0} 已经不是刚才在那里看到的文件。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is only in iCloud.</source>
            <translation>{0} 仅在 iCloud 中。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is only in the cloud and not on this computer.</source>
            <translation>{0} 仅在云端，不在本机上。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} is open in another program.</source>
            <translation>{0} 已在另一个程序中打开。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/blocks.py" />
            <source>{0} is the header: {1}.</source>
            <translation>{0}是表头：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/table_writer.py" />
            <source>{0} is {1}, not {2}</source>
            <translation>{0} 是 {1}，不是 {2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/schema.py" />
            <source>{0} is “{1}”, but {2}.</source>
            <translation>{0} 是“{1}”，但{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>{0} makes the values of column {1} itself (GENERATED ALWAYS AS IDENTITY).</source>
            <translation>{0} 自行生成列 {1} 的值（GENERATED ALWAYS AS IDENTITY）。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/staged_table.py" />
            <source>{0} makes the values of column {1} itself, so rows that are there cannot take others.</source>
            <translation>{0} 自行生成列 {1} 的值，因此已有的行不能改用其他值。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/files.py" />
            <source>{0} may not be read by you.</source>
            <translation>您没有读取 {0} 的权限。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>{0} mended rows went into the import {1} of {2}; an undo of it takes them along.</source>
            <translation>{0} 个改正后的行已写入 {2} 的导入 {1}；撤销该导入时会一并撤销。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} merged areas</source>
            <translation>{0} 个合并区域</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/strategies/matching.py" />
            <source>{0} needs a value in {1}, and the sheet has no such column.</source>
            <translation>{0} 要求 {1} 有值，而工作表中没有这样的列。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} numbers</source>
            <translation>{0} 个数字</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} numbers of more than 15 digits are text: Excel would round them.</source>
            <translation>{0} 个超过 15 位的数字存为文本：Excel 会将其舍入。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>{0} of them from {1}.{2}.</source>
            <translation>其中 {0} 个来自 {1}.{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>{0} of {1} (process {2}{3})</source>
            <translation>{1} 的 {0}（进程 {2}{3}）</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>{0} of {1} filled cells are {2}; {3}</source>
            <translation>{1} 个值中 {0} 个是{2}；{3}</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>{0} of {1} queries run, {2} wait</source>
            <translation>{1} 个查询中有 {0} 个在运行，{2} 个在等待</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>{0} of {1} workers are busy, {2} jobs wait{3}</source>
            <translation>{1} 个工作进程中有 {0} 个忙碌，{2} 个任务等待{3}</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <source>{0} on this machine</source>
            <translation>本机上的 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/database/targets.py" />
            <location filename="../../workers/monitor/database_reader.py" />
            <source>{0} on {1}</source>
            <translation>{1} 上的 {0}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mending.py" />
            <source>{0} rejected rows were mended and loaded later.</source>
            <translation>{0} 个被拒绝的行之后已改正并载入。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} row does not fit and {1} may be rejected. The first: {2}</source>
            <translation>{0} 行不合格，而允许拒绝 {1}。第一个：{2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} rows</source>
            <translation>{0} 行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} rows do not fit and {1} may be rejected. The first: {2}</source>
            <translation>{0} 行不合格，而允许拒绝 {1}。第一个：{2}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/undo/undo.py" />
            <source>{0} rows of {1} were edited or added since the replace.</source>
            <translation>替换之后，{1} 中有 {0} 行被编辑或添加。</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>{0} rows were edited since and {1} as they are</source>
            <translation>{0} 行在此后被编辑过，保持原样</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>{0} rows {1} their former values back</source>
            <translation>{0} 行恢复原来的值</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>{0} rows {1} {2}</source>
            <translation>{0} 行{1} {2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} share a header with another; the later ones get a number.</source>
            <translation>{0}与其他列的表头相同；后出现的会加上编号。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/connection_budget.py" />
            <source>{0} stay free for others</source>
            <translation>{0} 个留给其他程序</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} texts</source>
            <translation>{0} 个文本</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} texts were cut after 32,767 characters: a cell of Excel holds no more.</source>
            <translation>{0} 个文本在 32,767 个字符后截断：Excel 单元格容纳不下更多。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/target/lock_retry.py" />
            <source>{0} times</source>
            <translation>{0} 个时间</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} times finer than a millisecond are text: Excel would round them.</source>
            <translation>{0} 个比毫秒更精细的时间存为文本：Excel 会将其舍入。</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} times with a zone are text: Excel has no zones.</source>
            <translation>{0} 个带时区的时间存为文本：Excel 没有时区。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} total rows</source>
            <translation>{0} 个合计行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/table_writer.py" />
            <source>{0} turned out to be of another type</source>
            <translation>{0} 原来是另一种类型</translation>
        </message>
        <message>
            <location filename="../../workers/querying/saving/excel.py" />
            <source>{0} values such as NaN are text: Excel has no such number.</source>
            <translation>{0} 个 NaN 之类的值存为文本：Excel 没有这样的数字。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/source_file.py" />
            <source>{0} was changed while it was read, so nothing of it was taken.</source>
            <translation>{0} 在读取过程中被更改，因此没有取用其中的任何内容。</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/backup.py" />
            <source>{0} was made by a newer version of Sheetferry, with PostgreSQL {1}.</source>
            <translation>{0} 由更新版本的 Sheetferry 建立，使用 PostgreSQL {1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} wholly blank rows</source>
            <translation>{0} 个完全空白的行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} without a header {1} named by letter.</source>
            <translation>{0}没有表头，按列字母命名。</translation>
        </message>
        <message>
            <location filename="../../workers/core/jobs/endings.py" />
            <source>{0} worker processes</source>
            <translation>{0} 个工作进程</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} worker processes while {1}</source>
            <translation>{0} 个工作进程在{1}时</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>{0} workers go on</source>
            <translation>{0} 个工作进程继续运行</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a date stored as text, in which {2}, as chosen</source>
            <translation>{0}{1}以文本保存的日期，按所选{2}读取</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a date stored as text, read as {2}</source>
            <translation>{0}是以文本存储的日期，读作 {2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a date stored as text; kept as text</source>
            <translation>{0}是以文本存储的日期；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a null token or only white space; NULL</source>
            <translation>{0}是空值标记或仅含空白；视为 NULL</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number in parentheses or with its sign behind it, read as a negative one</source>
            <translation>{0}是带括号或符号后置的数字，按负数读取</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number of more than 15 digits stored as text; kept as text</source>
            <translation>{0}是以文本存储的超过 15 位的数字；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number of more than 15 digits; Excel keeps only 15, so the last digits may have been lost before</source>
            <translation>{0}是超过 15 位的数字；Excel 只保留 15 位，因此最后几位可能早已丢失</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number stored as text, read as {2}</source>
            <translation>{0}是以文本存储的数字，读作 {2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number stored as text; kept as text</source>
            <translation>{0}是以文本存储的数字；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a number that its format shows with leading zeros; kept as text</source>
            <translation>{0}是按格式显示前导零的数字；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a share with a percent sign, read as a part of one (12% is 0.12)</source>
            <translation>{0}是带百分号的比例，按小数读取（12% 即 0.12）</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a text with a NUL byte, which PostgreSQL cannot hold; it is removed</source>
            <translation>{0}的文本含有 NUL 字节，PostgreSQL 无法存储；该字节会被移除</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a text with spaces before or after; kept</source>
            <translation>{0}的文本前后有空格；予以保留</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} a {2} stored as text, read as {3}</source>
            <translation>{0}是以文本存储的{2}，读作 {3}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} an amount with its currency, read without it</source>
            <translation>{0}是带货币的金额，读取时去掉货币</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} an error such as #N/A; {2}</source>
            <translation>{0}含有 #N/A 之类的错误；{2}</translation>
        </message>
        <message>
            <location filename="../../workers/core/inference/infer.py" />
            <source>{0} {1} at {2}</source>
            <translation>{2} 有 {0} 个{1}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} digits with a leading zero; kept as text</source>
            <translation>{0}是带前导零的数字串；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} {1} hidden or filtered out; {2}.</source>
            <translation>{0}被隐藏或筛除；{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} {1} hidden; {2}.</source>
            <translation>{0}被隐藏；{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} {1} invisible characters; the names are made without them.</source>
            <translation>{0}含有不可见字符；名称中不保留它们。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} {1} left out.</source>
            <translation>{0}已排除。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/tables.py" />
            <source>{0} {1} no saved result and {2} as NULL: open the workbook in Excel, let it calculate, save it.</source>
            <translation>{0}没有保存结果，将载入为 NULL：请在 Excel 中打开工作簿，让其计算后保存。</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} not fit {2}; {3}</source>
            <translation>{0}不适合 {2}；{3}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0} {1} the number 0 shown as a date, which is no day; NULL</source>
            <translation>{0}是以日期格式显示的数字 0，并非日期；视为 NULL</translation>
        </message>
        <message>
            <location filename="../../workers/database/embedded/ownership.py" />
            <source>{0} {1}, so it is not used.</source>
            <translation>{0} {1}，因此不使用它。</translation>
        </message>
        <message>
            <location filename="../../app/undo_words.py" />
            <source>{0} {1}: all its {2} rows came from this import</source>
            <translation>{0} {1}：其全部 {2} 行都来自此导入</translation>
        </message>
        <message>
            <location filename="../../app/presenters/monitor.py" />
            <source>{0}% of a core</source>
            <translation>一个核心的 {0}%</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>{0}% of the rows</source>
            <translation>{0}% 的行</translation>
        </message>
        <message>
            <location filename="../../workers/importing/reading/xlsx/reader.py" />
            <source>{0}, {1} for sheet {2} ({3})</source>
            <translation>{0}，工作表 {2} 使用 {1}（{3}）</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>{0}.{1} in the plan is not a text.</source>
            <translation>方案中的 {0}.{1} 不是文本。</translation>
        </message>
        <message>
            <location filename="../../workers/core/model/plan_file.py" />
            <source>{0}.{1} in the plan: {2}.</source>
            <translation>方案中的 {0}.{1}：{2}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>{0}: row {1} of the source stands in row {2} as well.</source>
            <translation>{0}：源文件的第 {1} 行也出现在第 {2} 行。</translation>
        </message>
        <message>
            <location filename="../../workers/core/settings/alert_rules.py" />
            <source>{0}: the critical level {1} is below the warning level {2}.</source>
            <translation>{0}：严重阈值 {1} 低于警告阈值 {2}。</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/rejects/mended_rows.py" />
            <source>{0}: the row of the source is missing, so this row cannot be told from others.</source>
            <translation>{0}：缺少源文件的行号，因此无法将此行与其他行区分。</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>{0}: {1}, {2} from {3} on, since {4}</source>
            <translation>{0}：{1}，达到 {3} 即为{2}，始于 {4}</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0}: {1}.</source>
            <translation>{0}：{1}。</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <source>{0}; its numbers run in even steps</source>
            <translation>{0}；其数字按固定步长递增</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <source>{0}; its texts stand over numbers, dates or booleans in {1} of {2} columns</source>
            <translation>{0}；在 {2} 列中的 {1} 列，其文本位于数字、日期或布尔值之上</translation>
        </message>
        <message>
            <location filename="../../workers/core/layout/header.py" />
            <source>{0}; its words do not come again below</source>
            <translation>{0}；其词语不在下方重复出现</translation>
        </message>
        <message>
            <location filename="../../workers/core/diagnostics/columns.py" />
            <source>{0}; kept as text</source>
            <translation>{0}；保留为文本</translation>
        </message>
        <message>
            <location filename="../../workers/core/alerts/engine.py" />
            <source>{0}; only {1}</source>
            <translation>{0}；仅{1}</translation>
        </message>
        <message>
            <location filename="../../workers/importing/loading/pipeline/reject_collector.py" />
            <source>{0}{1} {2} not fit and {3} may be rejected. The first: {4}</source>
            <translation>{0}{1} {2}不合格，而允许拒绝 {3}。第一个：{4}</translation>
        </message>
    </context>
</TS>
