import Access
import Administration
import SQLiteStore
import TestSupport
import Testing

@testable import Gate

@Suite struct GeneralMetricsTests {
  @Test("what is known of program, process and store stands in the metrics, and nothing else does")
  func lines() {
    let program = ProgramFacts(version: "1.2.3", commit: "unknown", schema: 14, startedAt: 1_795_435_200)
    let known = GeneralMetrics(
      program: program, descriptors: DescriptorCount(open: 12, limit: 1_024), endingTokens: 3)
    let samples = known.lines.filter { !$0.hasPrefix("#") }
    #expect(
      samples == [
        #"popsec_build_info{version="1.2.3",commit="unknown",schema="14"} 1"#,
        "process_start_time_seconds 1795435200", "process_open_fds 12", "process_max_fds 1024",
        #"popsec_tokens_expiring{within="7d"} 3"#,
      ])
    #expect(known.lines.count == 3 * samples.count)
    let unknown = GeneralMetrics(
      program: nil, descriptors: DescriptorCount(open: nil, limit: nil), endingTokens: nil)
    #expect(unknown.lines.isEmpty)
    let present = DescriptorCount.present
    #expect((present.open ?? 0) > 0 && (present.limit ?? 0) >= (present.open ?? 0))
  }

  @Test("tokens that end within a week are counted as of now")
  func ending() throws {
    let scene = try GateScene()
    let place = scene.folder.store
    let counter = EndingTokens(
      EnforcedStore { try SQLiteStore.open(place, options: OpenOptions(readOnly: true), now: .start) },
      now: { [clock = scene.clock] in clock.now })
    #expect(try counter.count() == 0)
    try scene.administration.change { change in
      for (name, days) in [("soon", 7), ("later", 8)] as [(String, Int64)] {
        _ = try change.addToken(
          to: scene.account, name: Name(name), expiry: .at(scene.clock.now.adding(days: days)))
      }
    }
    #expect(try counter.count() == 1)
    scene.clock.advance(86_400)
    #expect(try counter.count() == 2)
    scene.clock.advance(7 * 86_400)
    #expect(try counter.count() == 0)
  }
}
