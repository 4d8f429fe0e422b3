/// The meaning of libxml2's error numbers (libxml/xmlerror.h). Its own texts are not used, because they
/// repeat parts of the file.
enum XMLReason {
  static func words(_ code: Int) -> String {
    switch code {
    case 4: "it does not begin with a tag"
    case 5: "it ends too early, or something follows after its end"
    case 6, 7, 8: "a character reference is wrong"
    case 9: "a byte that is no character of UTF-8, or a control character"
    case 11...28: "a reference to an entity, and there are no entities"
    case 31, 32, 79, 81: "its encoding is not UTF-8"
    case 38, 39, 40, 41, 65: "an attribute is not written as one"
    case 42: "an attribute is there twice"
    case 45, 80: "a comment is not closed"
    case 64: "something stands before its XML declaration"
    case 68: "a name is missing"
    case 73, 74, 77: "a tag is not closed"
    case 76: "an element is closed by another's tag"
    case 200...205: "a prefix that is bound to no namespace"
    case 1: "something in it is longer than can be"
    default: "libxml2's error \(code)"
    }
  }
}
