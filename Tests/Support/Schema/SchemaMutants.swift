package import Interchange

extension DocumentValue {
  /// Objects that differ from this object in one member, so that a closed schema has to refuse each of them: with an
  /// unknown key, without a required one, and with a value of no type that the member may have.
  ///
  /// - Parameter schema: the schema of the object.
  package func mutants(of schema: DocumentValue) -> [(what: String, value: DocumentValue)] {
    let odd = DocumentValue.list([.list([.literal("1")])])
    let required = schema["required"]?.elements ?? []
    let unknown = [
      ("an unknown key", DocumentValue.mapping(members + [Member(key: "unknown-key", value: .null)]))
    ]
    return unknown
      + members.filter { required.contains(.text($0.key)) }.map { left in
        ("without \(left.key)", .mapping(members.filter { $0.key != left.key }))
      }
      + members.map { changed in
        (
          "\(changed.key) of another type",
          .mapping(members.map { $0.key == changed.key ? Member(key: $0.key, value: odd) : $0 })
        )
      }
  }
}
