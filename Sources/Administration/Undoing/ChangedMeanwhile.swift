internal import Access

/// A step in an undo document can't be carried out, because the document is damaged or was written by a later
/// popsec.
struct UnreadableUndo: Error {}

/// Something is no longer as a change left it. `target` is its audit target where this is not the step's own
/// target.
struct ChangedMeanwhile: Error { var target: (AuditTarget.Kind, String)? }
