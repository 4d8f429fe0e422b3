import Access

extension Decoder {
  func particulars<Key: ParticularsEntryKey>(_ fields: Fields<Key>) -> ParticularsEntry {
    ParticularsEntry(
      owner: fields[.ownerOfIt].flatMap(owner), note: fields[.note].map(note) ?? .empty,
      labels: fields[.labels].map(labels) ?? .none)
  }

  /// A mapping with the name of a user, or a text.
  private func owner(_ node: Node) -> OwnerEntry? {
    if case .mapping = node.content {
      guard let fields = Fields<OwnerKey>(node, problems) else { return nil }
      return name(fields[.user], "the name of user").map(OwnerEntry.user)
    }
    guard let text = text(node, "an owner") else { return nil }
    do throws(OwnerProblem) { return .text(try OwnerText(text)) } catch {
      let isUser = error == .looksLikeUser
      problems.add(
        error.description, at: node.position, hint: isUser ? "write a user as {user: NAME}" : nil)
      return nil
    }
  }

  private func note(_ node: Node) -> Note {
    guard let text = text(node, "a note") else { return .empty }
    do { return try Note(text) } catch {
      problems.add(error.description, at: node.position)
      return .empty
    }
  }

  func labels(_ node: Node) -> Labels {
    guard case .mapping(let members) = node.content else {
      wrongType(node, "labels", "a mapping", hint: "write them as {env: prod, customer: contoso}")
      return .none
    }
    let labels = members.compactMap { member -> Access.Label? in
      guard let value = text(member.value, "the value of a label") else { return nil }
      do throws(LabelProblem) { return try Access.Label(key: member.key, value: value) } catch {
        problems.add(error.description, at: member.keyPosition)
        return nil
      }
    }
    do throws(LabelProblem) { return try Labels(labels) } catch {
      problems.add(error.description, at: node.position)
      return .none
    }
  }
}
