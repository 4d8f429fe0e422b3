import Access
import Console
import Interchange

/// The name of a schema, and what the schema describes.
struct SchemaTitle: Hashable, Sendable {
  let name: String
  /// One line for people, which begins in lower case.
  let meaning: String

  init(_ name: String, _ meaning: String) { (self.name, self.meaning) = (name, meaning) }
}

/// A schema that `popsec schema` prints.
struct NamedSchema: Sendable {
  let title: SchemaTitle
  let schema: JSONSchema

  /// The document: of one value, or of an array of such values, as lists print them under `-o json`.
  func document(isArray: Bool) -> DocumentValue {
    isArray
      ? JSONSchema.array(of: schema).document(titled: "popsec: an array, each element \(title.meaning)")
      : schema.document(titled: "popsec: \(title.meaning)")
  }

  /// Errors: ``Trouble`` where no schema has the name.
  static func named(_ name: String) throws(Trouble) -> NamedSchema {
    if let found = all.first(where: { $0.title.name == name }) { return found }
    let near = Nearest.nearest(to: name, among: titles.map(\.name)).map { "did you mean \($0)? " } ?? ""
    throw Trouble(
      "there is no schema \(quotedExcerpt(name))", hint: near + "popsec schema lists them",
      exitStatus: .badData)
  }

  /// The title of the document that tells of the gate's HTTP. The document is an OpenAPI document and no schema.
  static let gate = SchemaTitle("gate-openapi", "the gate's own HTTP: an OpenAPI 3.1 document, in YAML")

  /// The titles of all that `popsec schema` prints.
  static let titles = all.map(\.title) + [gate]

  /// All schemas: those of formats that popsec reads, then those of what commands print.
  static let all: [NamedSchema] =
    formats + printed.map { NamedSchema(title: $0.schemaTitle, schema: $0.schema) }

  /// The formats that popsec reads, and those in which it answers byte by byte.
  private static let formats = [
    NamedSchema(
      title: SchemaTitle("security-file", "the security file, in YAML or JSON"),
      schema: SecurityFileSchema.schema),
    NamedSchema(
      title: SchemaTitle("config", "one's own settings of the console, in YAML"),
      schema: ConsoleConfig.schema(OwnSettings(nil).vocabulary)),
    NamedSchema(
      title: SchemaTitle("law", "a law, as the security file has it"), schema: SecurityFileSchema.lawEntry),
    NamedSchema(title: SchemaTitle("batch", "a line that check --batch reads"), schema: CheckLine.schema),
    NamedSchema(
      title: SchemaTitle("batch-answer", "a line that check --batch prints, or what check prints"),
      schema: VerdictLine.schema),
    // A user and an API user are printed alike.
    NamedSchema(
      title: SchemaTitle("user", "a user, who is printed as an API user is"), schema: AccountRecord.schema),
  ]

  private static let printed = subjects + tokens + changes + access + keeping

  private static let subjects: [any Printed.Type] = [
    AccountRecord.self, AccountListRecord.self, AccountChangeRecord.self, TeamRecord.self,
    TeamListRecord.self, MemberRecord.self, RoleRecord.self, RoleHoldersRecord.self, GrantRecord.self,
    EndedRecord.self, SweepRecord.self, PublicKeyRecord.self, LawRecord.self, CheckedLawRecord.self,
    LawBreachRecord.self, LawExplanationRecord.self,
  ]

  private static let tokens: [any Printed.Type] = [
    TokenRecord.self, TokenIDRecord.self, TokenCopiedRecord.self, DecoyRecord.self, ScannedRecord.self,
    ReviewRecord.self,
  ]

  private static let changes: [any Printed.Type] = [
    ChangeRecord.self, BulkRecord.self, TokenBulkRecord.self, PlanRecord.self, ImportRecord.self,
    ProposalRecord.self,
    UndoEntryRecord.self, UndoRecord.self, DeletedRecord.self, DeletedChangeRecord.self,
  ]

  private static let access: [any Printed.Type] = [
    AccessRecord.self, ViewerRecord.self, DifferenceRecord.self, ExplanationRecord.self, TestRunRecord.self,
    DenialRecord.self, FoundRecord.self, CatalogueRecord.self, ConnectorListRecord.self, ConnectorRecord.self,
    WidgetRecord.self,
    EndpointRecord.self,
  ]

  private static let keeping: [any Printed.Type] = [
    AuditRowRecord.self, AuditVerificationRecord.self, ArchiveRecord.self, AuditSigningRecord.self,
    SettingRecord.self, HealthCheck.self, NoticeRecord.self, StoreRecord.self, SharingRecord.self,
    StoreCopyRecord.self,
    StoreComparison.self,
    SetupRecord.self, BackupRecord.self, RestoreRecord.self, UpgradeRecord.self, KeysRecord.self,
    RotationRecord.self, KeyStepRecord.self, GateKeyRecord.self, AcceptedRecord.self, SchemaRecord.self,
    ErrorRecord.self, ConfigActionRecord.self, ConfigColumnRecord.self, ConfigCheckedRecord.self,
    ConfigPathRecord.self, ConfigKeptRecord.self,
  ]
}
