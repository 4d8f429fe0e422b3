// The titles of the schemas of what commands print about users, API users, teams, roles, grants and laws.

extension AccountRecord: Printed {
  static let schemaTitle = SchemaTitle("api-user", "a user or an API user with all that belongs to it")
}

extension AccountListRecord: Printed {
  static let schemaTitle = SchemaTitle("api-user-row", "an element of the lists of users and API users")
}

extension AccountChangeRecord: Printed {
  static let schemaTitle = SchemaTitle("api-user-change", "a user or an API user that was added or changed")
}

extension TeamRecord: Printed {
  static let schemaTitle = SchemaTitle("team", "a team with its roles and grants")
}

extension TeamListRecord: Printed {
  static let schemaTitle = SchemaTitle("team-row", "an element of the list of teams")
}

extension MemberRecord: Printed {
  static let schemaTitle = SchemaTitle("team-member", "a member of a team")
}

extension RoleRecord: Printed {
  static let schemaTitle = SchemaTitle("role", "a system role")
}

extension RoleHoldersRecord: Printed {
  static let schemaTitle = SchemaTitle("role-holders", "a system role with those who have it")
}

extension GrantRecord: Printed {
  static let schemaTitle = SchemaTitle("grant", "a grant")
}

extension EndedRecord: Printed {
  static let schemaTitle = SchemaTitle("ended", "a grant, a system role or a membership that is over")
}

extension SweepRecord: Printed {
  static let schemaTitle = SchemaTitle("grant-sweep", "what was taken away because it was over")
}

extension PublicKeyRecord: Printed {
  static let schemaTitle = SchemaTitle("public-key", "an SSH public key of a user")
}

extension LawRecord: Printed {
  static let schemaTitle = SchemaTitle("law-row", "an element of the list of laws")
}

extension CheckedLawRecord: Printed {
  static let schemaTitle = SchemaTitle("law-checked", "a law, with how often it is broken")
}

extension LawBreachRecord: Printed {
  static let schemaTitle = SchemaTitle("law-breach", "what breaks a law")
}

extension LawExplanationRecord: Printed {
  static let schemaTitle = SchemaTitle("law-explanation", "what a law says and means")
}
