import Access
import Administration
import Terminal

/// Asks what copies have at the end of their names; its outcome is that text.
struct SuffixDialog: FormDialog {
  enum Field: FormField { case suffix, accept, cancel }
  typealias Outcome = NameSuffix

  let title = "How are the copies named?"
  var form = Form<Field>(
    [
      .note("As the originals, with this at the end:", .plain),
      .text(.suffix, TextField("Suffix", value: NameSuffix.usual)), .gap,
      .buttons([Button(.accept, "Go on", isDefault: true), Button(.cancel, "Cancel")]),
    ], focus: .suffix)
  var columns = Self.widest
  static var widest: Int { 50 }

  mutating func pressed(_ field: Field) -> Effect<Message> {
    do { return close(with: try NameSuffix(form.text(.suffix))) } catch {
      return complain(.suffix, error.description(of: "a suffix"))
    }
  }
}
