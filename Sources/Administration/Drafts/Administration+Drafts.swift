internal import Access
package import Store

/// What users left pending: no change of what anybody may do, and so not audited. Each user has their own,
/// and who is no user has none.
extension Administration {
  /// Keeps what is pending at some places, in place of what was. Returns how many it kept: none of who is no
  /// user, and nothing that is too long or holds a Token ID.
  package func keepDrafts(_ drafts: [(place: String, title: String, document: String)]) throws -> Int {
    guard let user = operating.user, !drafts.isEmpty else { return 0 }
    let kept = drafts.filter { draft in
      draft.document.utf8.count <= StoredDraft.maximumDocumentBytes
        && ![draft.title, draft.document].contains { TokenID.isContained(in: $0) }
    }
    try changeUnrecorded { change in
      for draft in kept {
        try change.writer.put(
          StoredDraft(
            user: user, place: draft.place, title: draft.title, at: change.now, document: draft.document))
      }
    }
    return kept.count
  }

  /// The latest first.
  package func drafts() throws -> [StoredDraft] {
    guard let user = operating.user else { return [] }
    return try store.read { reader in
      _ = try state.authority(of: operating, in: reader, at: now)
      return try reader.drafts(of: user)
    }
  }

  package func dropDraft(at place: String) throws {
    guard let user = operating.user else { return }
    try changeUnrecorded { try $0.writer.deleteDraft(of: user, at: place) }
  }
}
