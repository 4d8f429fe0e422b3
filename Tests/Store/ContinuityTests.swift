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

  /// What was kept, what is there, the hash at the kept row, what was archived, the generation of the last restore, in
  /// row 8.
  static let cases: [(StoreHead, StoreHead, UInt8?, AuditHead?, Generation?, Continuity)] = [
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
    (head(5, 10), head(1_000_003, 8), nil, nil, 1_000_002, .restored(row: 8)),
    (head(5, 10), head(1_000_009, 12), 2, nil, 1_000_002, .restored(row: 8)),
    // An earlier restore explains nothing, however much was changed since.
    (head(1_000_009, 12), head(1_000_003, 8), nil, nil, 1_000_002, .wentBack),
    (head(1_000_009, 12), head(1_000_020, 30), 2, nil, 1_000_002, .wentBack),
    // A restore that the present state is not behind.
    (head(5, 10), head(9, 8), nil, nil, 1_000_002, .wentBack),
  ]

  @Test("going on, restored, or gone back", arguments: cases.indices)
  func all(index: Int) {
    let (kept, present, hash, archived, restore, expected) = Self.cases[index]
    let found = Continuity(
      from: kept, to: present, hash: hash.map { [$0] }, archived: archived,
      restore: { restore.map { (8, $0) } })
    #expect(found == expected)
  }
}
