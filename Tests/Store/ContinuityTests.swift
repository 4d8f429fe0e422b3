import Access
import Store
import Testing

@Suite("how a store follows an earlier state") struct ContinuityTests {
  private static func head(_ generation: Generation, _ row: Int64, _ hash: UInt8 = 1) -> StoreHead {
    StoreHead(generation: generation, sequence: row, hash: [hash])
  }

  private static func archived(_ row: Int64, _ hash: UInt8 = 1) -> AuditHead {
    AuditHead(sequence: row, hash: [hash], at: .start)
  }

  /// What was kept, what is there, the hash at the kept row, what was archived, the row of the last restore.
  static let cases: [(StoreHead, StoreHead, UInt8?, AuditHead?, Int64?, Continuity)] = [
    (head(5, 10), head(5, 10), 1, nil, nil, .goesOn),
    (head(5, 10), head(7, 14), 1, nil, 3, .goesOn),
    // Nothing was known yet.
    (StoreHead(generation: 0, sequence: 0, hash: []), head(0, 0), nil, nil, nil, .goesOn),
    // Rows are gone, with and without a change that alters decisions.
    (head(5, 10), head(4, 9), nil, nil, nil, .wentBack),
    (head(5, 10), head(5, 9), nil, nil, nil, .wentBack),
    // It went back, and others were written since.
    (head(5, 10), head(5, 10, 2), 2, nil, nil, .wentBack),
    (head(5, 10), head(8, 12), 2, nil, nil, .wentBack),
    // What was archived meanwhile can't be compared any more, but its last row.
    (head(5, 10), head(6, 20), nil, archived(15), nil, .goesOn),
    (head(5, 10), head(6, 20), nil, archived(10), nil, .goesOn),
    (head(5, 10), head(6, 20), nil, archived(10, 2), nil, .wentBack),
    (head(5, 10), head(6, 20), nil, archived(9), nil, .wentBack),
    // A restore goes back and has the generation go forward.
    (head(5, 10), head(1_000_003, 8), nil, nil, 8, .restored(row: 8)),
    (head(5, 10), head(1_000_009, 12), 2, nil, 8, .restored(row: 8)),
    // An earlier restore explains nothing.
    (head(1_000_009, 12), head(1_000_003, 8), nil, nil, 8, .wentBack),
  ]

  @Test("going on, restored, or gone back", arguments: cases.indices)
  func all(index: Int) {
    let (kept, present, hash, archived, restore, expected) = Self.cases[index]
    let found = Continuity(
      from: kept, to: present, hash: hash.map { [$0] }, archived: archived, restoreRow: { restore })
    #expect(found == expected)
  }
}
