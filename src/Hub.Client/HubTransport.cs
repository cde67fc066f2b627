namespace Hub.Client;

/// <summary>How the SDK talks to the Hub.</summary>
public enum HubTransport
{
    /// <summary>gRPC over HTTP/2: everything, streams included.</summary>
    Grpc = 0,

    /// <summary>
    /// gRPC-Web over HTTP/1.1, for proxies that let nothing else through. There are no client streams: what would use one makes
    /// single calls instead, several at a time.
    /// </summary>
    GrpcWeb = 1,
}
