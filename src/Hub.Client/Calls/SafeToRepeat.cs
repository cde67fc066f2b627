using Google.Protobuf;

namespace Hub.Client;

/// <summary>
/// What may be sent again when its outcome is unknown: a read, and an act with a request id, which the Hub does once however often it
/// comes. Nothing else ever is.
/// </summary>
internal static class SafeToRepeat
{
    public static bool Is(IMessage request) => RequestIdOf(request) is not null || IsRead(request.Descriptor.Name);

    /// <summary>The id that makes an act happen once; null if the request has none. The nil UUID is what forgetful code sends, and no id.</summary>
    public static Guid? RequestIdOf(IMessage request) =>
        request.Descriptor.FindFieldByName("request_id") is { } field && Guid.TryParse(field.Accessor.GetValue(request) as string, out var id) &&
        id != Guid.Empty
            ? id : null;

    // The contract names its requests after their RPC, and these verbs change nothing.
    private static bool IsRead(string request) =>
        request.StartsWith("Get", StringComparison.Ordinal) || request.StartsWith("List", StringComparison.Ordinal) ||
        request.StartsWith("Validate", StringComparison.Ordinal) || request.StartsWith("Export", StringComparison.Ordinal) ||
        request == nameof(V1.WhoAmIRequest);
}
