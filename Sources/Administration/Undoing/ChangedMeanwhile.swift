internal import Access

/// What stands in an undo document can't be carried out: it is damaged, or was written by a later popsec.
struct UnreadableUndo: Error {}

/// Something is not, or no longer, as a change left it; its audit target, where that is another than the step's.
struct ChangedMeanwhile: Error { var target: (AuditTarget.Kind, String)? }
