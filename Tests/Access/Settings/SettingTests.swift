import Access
import Testing

@Suite struct SettingTests {
  @Test("every setting reads what it writes of its default", arguments: Setting.allCases)
  func roundTrip(setting: Setting) throws {
    #expect(try setting.value(setting.standard.text) == setting.standard)
    #expect(Settings.standard[setting] == setting.standard)
    #expect(!setting.meaning.isEmpty)
  }

  @Test(
    "a value is read as it is meant",
    arguments: [
      (Setting.idleLockMinutes, "0", SettingValue.number(0)), (.idleLockMinutes, " 1440\n", .number(1_440)),
      (.idleLockMinutes, "007", .number(7)),
      (.recordingSafe, "on", .flag(true)), (.recordingSafe, "Off", .flag(false)),
      (.sshHost, "sec-1.example.com", .text("sec-1.example.com")), (.sshHost, "::1", .text("::1")),
      (.sshHost, "", .text("")),
      (.deletedKeptDays, "1", .number(1)), (.deletedKeptDays, "3650", .number(3_650)),
    ])
  func reads(setting: Setting, text: String, value: SettingValue) throws {
    #expect(try setting.value(text) == value)
  }

  @Test(
    "a text that is no value is refused, and not repeated",
    arguments: [
      (Setting.idleLockMinutes, "1441"), (.idleLockMinutes, "-1"), (.idleLockMinutes, "+1"),
      (.idleLockMinutes, "1.5"), (.idleLockMinutes, "١"), (.idleLockMinutes, ""), (.idleLockMinutes, "ten"),
      (.idleLockMinutes, "99999999999999999999"), (.recordingSafe, "1"), (.deletedKeptDays, "0"),
      (.deletedKeptDays, "3651"),
      (.recordingSafe, "yes"), (.sshHost, "-oProxyCommand=sh"), (.sshHost, "host; rm"), (.sshHost, "a b"),
      (.sshHost, "$(x)"), (.sshHost, "größe"), (.sshHost, String(repeating: "a", count: 254)),
    ])
  func refuses(setting: Setting, text: String) {
    let problem = #expect(throws: SettingProblem.self) { try setting.value(text) }
    #expect(problem?.message == "\(setting.key) takes \(setting.bounds)")
    #expect(problem?.exitStatus == .badData)
  }

  @Test("words have the unit, and what 0 means")
  func words() {
    #expect(Setting.idleLockMinutes.words(.number(10)) == "10 minutes")
    #expect(Setting.idleLockMinutes.words(.number(1)) == "1 minute")
    #expect(Setting.idleLockMinutes.words(.number(0)) == "never")
    #expect(Setting.sshHost.words(.text("")) == "this machine's name")
    #expect(Setting.deletedKeptDays.words(.number(1)) == "1 day")
    #expect(Setting.deletedKeptDays.bounds == "1 to 3650 days")
    #expect(Setting.idleLockMinutes.bounds == "0 to 1440 minutes; 0: never")
  }

  @Test(
    "the stricter setting of recording-safe mode counts",
    arguments: [
      (nil, nil, false), (false, nil, false), (true, nil, true), (nil, true, true), (false, true, true),
      (true, false, true), (nil, false, false),
    ] as [(Bool?, Bool?, Bool)])
  func strictest(ofStore: Bool?, ofUser: Bool?, counts: Bool) {
    let settings = Settings(
      ofStore: ofStore.map { [.recordingSafe: .flag($0)] } ?? [:],
      ofUser: ofUser.map { [.recordingSafe: .flag($0)] } ?? [:])
    #expect(settings.isRecordingSafe == counts)
  }

  @Test("a setting that can't be set for a user doesn't count for one")
  func notOfUsers() {
    let settings = Settings(ofStore: [:], ofUser: [.idleLockMinutes: .number(0)])
    #expect(settings.lockAfterMinutes == 10)
  }

  @Test("0 minutes are never")
  func never() {
    let settings = Settings(ofStore: [.idleLockMinutes: .number(0), .idleEndMinutes: .number(0)])
    #expect(settings.lockAfterMinutes == nil)
    #expect(settings.endAfterMinutes == nil)
    #expect(Settings.standard.endAfterMinutes == 60)
  }
}
