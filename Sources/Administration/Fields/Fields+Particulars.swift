package import Access

extension Particulars: Described {
  package static let fields: [Field<Particulars>] = [
    Field("owner", "Owner", \.owner, .optional) { owner, names in owner.map { [names.name($0)] } ?? [] }
      .told { _, thing in
        "changed the owner of \(thing)"
      } undone: { _, thing in
        "gives \(thing) its owner of before"
      },
    Field("note", "Note", \.note, .optional) { note, _ in note.isEmpty ? [] : [note.text] }
      .told { _, thing in
        "changed the note of \(thing)"
      } undone: { _, thing in
        "gives \(thing) its note of before"
      }
      .typed(
        .text(placeholder: "none") { value, text in
          // In a field of one line a newline is typed by its sign.
          do throws(NoteProblem) { value.note = try Note(text.replacing("⏎", with: "\n")) } catch {
            return error.description
          }
          return nil
        }),
    Field("labels", "Labels", \.labels, .names) { labels, _ in labels.words }
      .told { _, thing in
        "changed the labels of \(thing)"
      } undone: { _, thing in
        "gives \(thing) its labels of before"
      }
      .typed(
        .text(placeholder: "none") { value, text in
          do throws(LabelProblem) { value.labels = try Labels(typed: text) } catch {
            return error.description
          }
          return nil
        }),
  ]
}

extension Labels {
  /// Reads labels with spaces or commas between them, as in `env=prod kind=portal`.
  package init(typed text: String) throws(LabelProblem) {
    var labels: [Label] = []
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) { labels.append(try Label(word)) }
    try self.init(labels)
  }
}
