"""What the log calls the deeds of backfill."""

BACKFILL = {
    "state_backfill_facts": ("登记回填资料", "Backfill facts stated"),
    "propose_backfill_assessment": ("提交回填评估", "Backfill assessment proposed"),
    "settle_backfill_assessment": ("审批回填评估", "Backfill assessment settled"),
    "book_backfill_load": ("登记回填", "Backfill load booked"),
    "reverse_backfill_load": ("冲销回填记录", "Backfill load reversed"),
    "save_backfill_plan": ("存档回填方案", "Backfill plan kept"),
    "export_backfill_book": ("导出回填台账", "Backfill book exported"),
}
