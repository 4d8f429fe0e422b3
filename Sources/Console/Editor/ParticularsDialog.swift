import Access
import Administration
import Terminal

/// Asks who answers for a token, what it is for, and for its labels.
struct ParticularsDialog: FormDialog {
  enum Field: FormField { case owner, note, labels, accept, cancel }
  typealias Outcome = TokenRowID
  /// The owner who was chosen from the list, as typed.
  typealias News = String

  private let token: Token
  private let owners: KnownOwners
  private let context: ConsoleContext
  var form: Form<Field>
  var columns = Self.widest
  static var widest: Int { 64 }
  let title = "Describe token"

  init(_ token: Token, _ owners: KnownOwners, context: ConsoleContext) {
    (self.token, self.owners, self.context) = (token, owners, context)
    let known = token.particulars
    form = Form([
      .note(quotedName(token.name), .plain), .gap,
      .text(
        .owner,
        TextField(
          "Owner", value: owners.text(known.owner), placeholder: "user:ada, or a text",
          hasList: context.may(.securityRead))),
      .text(
        .note,
        TextField(
          "Note", value: known.note.text.replacing("\n", with: "⏎"), maximum: Note.maximumCharacterCount,
          placeholder: "none")),
      .text(
        .labels,
        TextField(
          "Labels", value: known.labels.words.joined(separator: " "), maximum: 700,
          placeholder: "env=prod kind=portal")),
      .gap, .buttons([Button(.accept, "Save", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  mutating func take(_ owner: String) -> Effect<Message> {
    form.setText(.owner, owner)
    form.setComplaint(.owner, nil)
    form.focus(.note)
    return .none
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    field == .owner ? owners.choose(form.text(.owner), context).map { .news($0) } : save()
  }

  private mutating func save() -> Effect<Message> {
    var becomes = token.particulars
    switch owners.owner(form.text(.owner), was: becomes.owner) {
    case .success(let owner): becomes.owner = owner
    case .failure(let problem): return complain(.owner, problem.line)
    }
    do throws(NoteProblem) {
      becomes.note = try Note(form.text(.note).replacing("⏎", with: "\n"))
    } catch { return complain(.note, error.description) }
    do throws(LabelProblem) { becomes.labels = try Labels(typed: form.text(.labels)) } catch {
      return complain(.labels, error.description)
    }
    let id = token.id
    return busy(
      context.save(title, "saving") { [becomes] in
        try $0.setParticulars(becomes, of: id)
        return id
      } ended: {
        .ended($0)
      })
  }
}
