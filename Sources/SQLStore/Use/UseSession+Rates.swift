package import Access
package import Store

/// What gates tell each other about rates.
extension UseSession {
  /// The last report of each gate but one.
  package func rateReports(but gate: Identifier<GatePresence>) throws -> [RateReport] {
    try session.rows(
      "SELECT gate_id, turn, counts FROM gate_rate WHERE gate_id <> ? ORDER BY gate_id", [gate.rawValue]
    ) { fields in
      RateReport(gate: try fields.id(0), turn: try fields.integer(1), text: try fields.text(2))
    }
    // A report that can't be read takes nothing from the others.
    .compactMap(\.self)
  }

  package func put(_ report: RateReport) throws {
    try session.execute(
      """
      INSERT INTO gate_rate (gate_id, turn, counts) VALUES (?1, ?2, ?3)
      ON CONFLICT (gate_id) DO UPDATE SET turn = ?2, counts = ?3
      """, [report.gate.rawValue, report.turn, report.text])
  }

  package func removeRates(of gates: some Sequence<Identifier<GatePresence>>) throws {
    for gate in gates { try session.execute("DELETE FROM gate_rate WHERE gate_id = ?", [gate.rawValue]) }
  }
}
