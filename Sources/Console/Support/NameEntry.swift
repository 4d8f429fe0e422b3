import Access

/// Checks the text of a name while a person types it.
enum NameEntry {
  /// What is wrong with a text; nil where it is a name. An empty text is wrong only at the end, so that
  /// nobody sees a complaint before typing.
  static func complaint(_ text: String, isFinal: Bool) -> String? {
    do {
      _ = try Name(text)
      return nil
    } catch .empty {
      return isFinal ? NameProblem.empty.description : nil
    } catch {
      return error.description
    }
  }
}

extension FormDialog {
  /// Says what is wrong with a name while it is typed.
  mutating func judgeName(_ field: Field) {
    form.setComplaint(field, NameEntry.complaint(form.text(field), isFinal: false))
  }

  /// The name in a field; nil, and a complaint there, where none is.
  mutating func name(_ field: Field) -> Name? {
    let text = form.text(field)
    if let complaint = NameEntry.complaint(text, isFinal: true) {
      _ = complain(field, complaint)
      return nil
    }
    return try? Name(text)
  }
}
