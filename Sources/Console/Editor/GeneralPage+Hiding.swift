import Administration

/// The fields of a General page that say nothing of the present value are not shown.
extension GeneralPage {
  /// Hides the fields that say nothing of the present value, with their complaints.
  mutating func hideFields() {
    guard let draft else { return }
    for (index, field) in source.fields.enumerated() {
      let isHidden = !source.shows(draft, field.key)
      form.setHidden(.field(index), isHidden)
      if isHidden { form.setComplaint(.field(index), nil) }
    }
  }

  /// Changes the pending value otherwise than by its fields.
  mutating func change(_ change: (inout Value) -> Void) {
    guard var value = draft else { return }
    change(&value)
    draft = value
    let focused = form.focused
    form = Form(items(value))
    hideFields()
    if let focused { form.focus(focused) }
  }
}
