// Addresses of requests under libFuzzer (llvm.org/docs/LibFuzzer.html): compiled together with Access by fuzz.sh.

/// What every address that is read must keep to, however it is written.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzAddress(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  let parts = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
  let (host, target) = parts.count == 2 ? (parts[0], parts[1]) : ("portal.example.com", parts[0])
  if let address = try? RequestedAddress(host: host, target: target) { check(address, target) }
  _ = IPAddress(text)
  _ = Network(text)
  if let id = try? TokenID(text) { precondition(id.revealed == text) }
  if let address = try? Address(text) { precondition(!TokenID.isContained(in: address.text)) }
  if let template = try? AddressTemplate(text) {
    precondition(!TokenID.isContained(in: template.text))
    precondition(template.parameters.isEmpty == ((try? Address(text)) != nil))
  }
  return 0
}

private func check(_ address: RequestedAddress, _ target: Substring) {
  let path = address.path.bytes
  precondition(path.first == UInt8(ascii: "/") && !path.contains(0) && !path.contains(UInt8(ascii: "\\")))
  let segments = path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  precondition(segments.dropLast().allSatisfy { !$0.isEmpty })
  precondition(!segments.contains { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) })
  precondition(
    address.host == address.host.lowercased() && !address.host.contains(":") || address.host.first == "[")
  // The segments and the last slash are the whole path.
  let joined =
    address.path.segments.flatMap { [UInt8(ascii: "/")] + $0 }
    + (address.path.endsAtSlash ? [UInt8(ascii: "/")] : [])
  precondition(joined == path)
}
