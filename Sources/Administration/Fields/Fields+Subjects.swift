package import Access

extension AccountGeneral: Described {
  package static let fields: [Field<AccountGeneral>] =
    [
      .name(\.name),
      .flag("enabled", "Enabled", \.isEnabled, usual: true, on: "enable", off: "disable"),
      Field("unix", "Unix account", \.unixAccount, .optional) { name, _ in name.map { [$0.text] } ?? [] }
        .told { _, thing in
          "changed the Unix account of \(thing)"
        } undone: { was, thing in
          "gives \(thing) \(was.unixAccount.map { "the Unix account \(quoted($0.text))" } ?? "no Unix account")"
        }
        .typed(.text(placeholder: "none", put: putUnixAccount)),
    ] + Particulars.fields.map { $0.of(\.particulars) }

  /// The fields that an account of a kind can have.
  package static func fields(of kind: AccountKind) -> [Field<AccountGeneral>] {
    let others = kind == .user ? Particulars.fields.map(\.key) : ["unix"]
    return fields.filter { !others.contains($0.key) }
  }

  @Sendable
  private static func putUnixAccount(_ general: inout Self, _ text: String) -> String? {
    let name = UnixAccountName(text)
    guard text.isEmpty || name != nil else { return "this can't be the name of a Unix account" }
    general.unixAccount = name
    return nil
  }
}

extension TeamGeneral: Described {
  package static let fields: [Field<TeamGeneral>] = [
    .name(\.name), .summary(\.summary).told { _, thing in "described \(thing)" },
  ]
}

extension RoleContent: Described {
  package static let fields: [Field<RoleContent>] = [
    .name(\.name), .summary(\.summary),
    Field("permissions", "Permissions", \.permissions, .names) { permissions, _ in
      permissions.sorted().map(\.rawValue)
    },
  ]
}

/// The limits of a token are one field. If one limit could be undone without the other, this could open what
/// both together had closed.
extension TokenTerms: Described {
  package static let fields: [Field<TokenTerms>] =
    [
      .name(\.name),
      Field("from", "From", \.validFrom, .optional) { start, _ in start.map { [$0.description] } ?? [] }
        .told { _, thing in
          "changed when \(thing) begins"
        } undone: { _, thing in
          "lets \(thing) begin when it did before"
        },
      Field("expires", "Expires", \.expiry) { expiry, _ in [expiry.text] }
        .told { _, thing in
          "changed when \(thing) expires"
        } undone: { _, thing in
          "lets \(thing) expire when it did before"
        },
      .flag("disabled", "Disabled", \.isDisabled, usual: false, on: "disable", off: "enable"),
      limit("widgets", "Widgets") { $1.names($0.widgets, \.widgets) },
      limit("endpoints", "Endpoints") { $1.names($0.endpoints, \.endpoints) },
      limit("networks", "Networks") { limits, _ in limits.networks.map(\.description).sorted() },
      limit("ratePerMinute", "Requests a minute", .optional) { limits, _ in
        limits.requestsPerMinute.map { [String($0)] } ?? []
      },
    ] + Particulars.fields.map { $0.of(\.particulars) }

  private static func limit(
    _ key: String, _ label: String, _ form: FieldForm = .names,
    words: @escaping @Sendable (TokenLimits, NameBook) -> [String]
  ) -> Field<Self> {
    Field(key, label, \.limits, form, words: words)
      .told { _, thing in
        "changed the limits of \(thing)"
      } undone: { _, thing in
        "limits \(thing) as before"
      }
  }
}
