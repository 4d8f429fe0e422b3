enum AccessTestFileKey: String, EntryKey {
  case popsecTest, tests
  static let owner = "a file of tests"
  static let required: Set<Self> = [.popsecTest, .tests]
}

enum AccessTestKey: String, EntryKey {
  case name, check, viewers, access, expect
  static let owner = "a test"
  static let required: Set<Self> = [.expect]
}

/// A check takes what a line of the batch check takes.
extension CheckLine.Key: EntryKey {
  static let owner = "a check"
}

enum ViewersKey: String, EntryKey {
  case connector, company, list, at
  static let owner = "viewers"
  static let required: Set<Self> = [.connector, .list]
}

enum AccessSubjectKey: String, EntryKey {
  case apiUser, user, team, at
  static let owner = "access"
}

enum ExpectedDecisionKey: String, EntryKey {
  case decision, step, pairs
  static let owner = "what a check expects"
  static let required: Set<Self> = [.decision]
}

enum ExpectedPairKey: String, EntryKey {
  case company, list
  static let owner = "a pair"
  static let required: Set<Self> = [.list]
}

enum ExpectedViewersKey: String, EntryKey {
  case only
  static let owner = "what viewers expect"
  static let required: Set<Self> = [.only]
}

enum ExpectedAccessKey: String, EntryKey {
  case connectors, companies
  static let owner = "what access expects"
}
