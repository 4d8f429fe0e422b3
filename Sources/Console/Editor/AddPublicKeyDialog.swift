import Access
import Administration
import Terminal

/// Asks for SSH public keys. The person pastes one, or names a file of keys on this machine.
struct AddPublicKeyDialog: FormDialog {
  enum Field: FormField { case key, file, add, cancel }
  /// The number of keys that were added.
  typealias Outcome = Int

  private let account: AccountID
  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 66 }

  init(to account: AccountID, context: ConsoleContext) {
    self.account = account
    self.context = context
    var items: [FormItem<Field>] = [
      .note("Whoever has the private key gets all that the user has.", .plain), .gap,
      .text(.key, TextField("Public key", maximum: 4_096, placeholder: "ssh-ed25519 AAAA… name@laptop")),
    ]
    if context.readPublicKeys != nil {
      items.append(
        .text(.file, TextField("Or a file", maximum: 1_000, placeholder: "/home/ana/.ssh/id_ed25519.pub")))
    }
    items += [.gap, .buttons([Button(.add, "Add", isDefault: true), Button(.cancel, "Cancel")])]
    form = Form(items, focus: .key)
  }

  var title: String { "Add SSH key" }
  /// The dialog has one more row than its form, for the fingerprint of the pasted key.
  var presentation: Presentation {
    .dialog(Size(columns: Self.widest, rows: form.rowCount(columns: columns) + 2))
  }

  mutating func update(_ message: Message) -> Effect<Message> {
    // The field would join the lines to one, and the second key would become a part of the first key's
    // comment.
    if case .form(.typed(.paste(let text))) = message, form.focused == .key,
      text.trimmed.contains(where: \.isNewline)
    {
      form.setComplaint(.key, Problem(SSHPublicKeyProblem.severalLines).line)
      return .none
    }
    return follow(message)
  }

  mutating func failed(_ problem: Problem) -> Effect<Message> {
    form.setComplaint(form.text(.key).trimmed.isEmpty ? .file : .key, problem.line)
    return .none
  }

  private var pasted: Result<SSHPublicKey, Problem> {
    Problem.catching { try SSHPublicKey(form.text(.key)) }
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    // The complaint about a text that was not taken into the field stays.
    guard form.complaint(.key) == nil else { return .none }
    let path = form.text(.file).trimmed
    if !form.text(.key).trimmed.isEmpty || path.isEmpty {
      switch pasted {
      case .success(let key): return save { [key] }
      case .failure(let problem): return complain(.key, problem.line)
      }
    }
    guard let read = context.readPublicKeys else { return .none }
    return save { try read(path) }
  }

  private mutating func save(_ keys: @escaping @Sendable () throws -> [SSHPublicKey]) -> Effect<Message> {
    busy(
      .run("reading the keys") {
        Problem.catching(keys)
      } then: { [context, account, title] keys in
        switch keys {
        case .failure(let problem): .send(.ended(.failure(problem)))
        case .success(let keys):
          context.save(title, "adding the key") {
            try $0.add(keys, to: account)
            return keys.count
          } ended: {
            .ended($0)
          }
        }
      })
  }

  func draw(on frame: inout Frame<Message>) {
    let (above, below) = frame.bounds.splitTop(max(1, frame.bounds.rows - 2))
    drawForm(in: above, on: &frame)
    if case .success(let key) = pasted {
      frame.put(KeyFingerprint(key).description, in: below.splitTop(1).rest, style: Style(.good))
    }
  }
}

extension Change {
  fileprivate func add(_ keys: [SSHPublicKey], to account: AccountID) throws {
    for key in keys { try addPublicKey(key, to: account) }
  }
}
