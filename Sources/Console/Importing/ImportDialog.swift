import Access
import Interchange
import Terminal

/// Asks which document is to be imported, and opens its plan. Its outcome is that something was imported.
struct ImportDialog: FormDialog {
  enum Field: Hashable, Sendable { case file, format, connector, companies, mapping, look, cancel }
  enum Message: FormMessage {
    case form(Form<Field>.Message)
    case looked(Result<PlannedImport, Refusal>)
    case done
    case cancel
  }
  struct Outcome: Hashable, Sendable {}

  /// Why there is no plan, and at which field that is told.
  struct Refusal: Error, Sendable {
    let field: Field
    let problem: Problem
  }

  private let context: ConsoleContext
  private let readFile: FileReading
  private(set) var form: Form<Field>
  private var isLooking = false
  var columns = Self.widest
  static var widest: Int { 72 }
  private static let formats: [ImportFormat?] = [nil] + ImportFormat.allCases

  init(context: ConsoleContext, readFile: @escaping FileReading) {
    self.context = context
    self.readFile = readFile
    form = Form([
      .text(.file, TextField("File", maximum: 1_000, placeholder: "on this machine, such as ~/metadata.xml")),
      .radio(
        .format, RadioGroup("Format", options: Self.formats.map { $0?.title ?? "by its content" })),
      .text(.connector, TextField("Connector", maximum: 100, placeholder: "OData: needed")),
      .text(
        .companies,
        TextField(
          "Companies", maximum: 2_000, placeholder: "A,B, or those that the document or the connector has")),
      .text(.mapping, TextField("Mapping file", maximum: 1_000, placeholder: "none")), .gap,
      .buttons([Button(.look, "Show the plan", isDefault: true), Button(.cancel, "Cancel")]),
    ])
  }

  var title: String { "Import" }

  mutating func update(_ message: Message) -> Effect<Message> {
    switch message {
    case .cancel: return .close
    case .done: return close(with: Outcome())
    case .looked(.success(let planned)):
      isLooking = false
      return .open(ImportPlanScreen(planned, context: context)) { _ in .done }
    case .looked(.failure(let refusal)):
      isLooking = false
      form.setComplaint(refusal.field, refusal.problem.line)
      form.focus(refusal.field)
      return .none
    case .form(let message):
      switch form.update(message) {
      case .none: return .none
      case .changed(let field):
        form.setComplaint(field, nil)
        return .none
      case .pressed(.cancel): return .close
      case .pressed: return look()
      }
    }
  }

  private mutating func look() -> Effect<Message> {
    guard !isLooking else { return .none }
    for field in [Field.file, .connector, .companies, .mapping] { form.setComplaint(field, nil) }
    isLooking = true
    let wanted = ImportRequest(
      file: form.text(.file), format: Self.formats[form.choice(.format) ?? 0],
      connector: form.text(.connector), companies: form.text(.companies), mapping: form.text(.mapping))
    return .run("reading the document") { [context, readFile] in
      .looked(wanted.planned(context, readFile))
    }
  }
}
