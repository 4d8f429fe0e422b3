import Access
import Interchange
import Terminal

/// Asks which document is to be imported, and opens its plan. Its outcome is that something was imported.
struct ImportDialog: FormDialog {
  enum Field: FormField { case file, format, connector, companies, mapping, look, cancel }
  /// Its plan, or that there is none.
  typealias News = Result<PlannedImport, Refusal>
  struct Outcome: Hashable, Sendable {}

  /// Why there is no plan, and at which field that is told.
  struct Refusal: Error, Sendable {
    let field: Field
    let problem: Problem
  }

  private let context: ConsoleContext
  private let readFile: FileReading
  var form: Form<Field>
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

  mutating func take(_ news: News) -> Effect<Message> {
    form.isBusy = false
    switch news {
    case .success(let planned):
      return .open(ImportPlanScreen(planned, context: context)) { _ in .ended(.success(Outcome())) }
    case .failure(let refusal): return complain(refusal.field, refusal.problem.line)
    }
  }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    for field in [Field.file, .connector, .companies, .mapping] { form.setComplaint(field, nil) }
    let wanted = ImportRequest(
      file: form.text(.file), format: Self.formats[form.choice(.format) ?? 0],
      connector: form.text(.connector), companies: form.text(.companies), mapping: form.text(.mapping))
    return busy(
      .run("reading the document") { [context, readFile] in .news(wanted.planned(context, readFile)) })
  }
}
