using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>A browser without scripts: keeps cookies, follows no redirect by itself, fills in the form as it finds it.</summary>
internal sealed partial class Browser(HttpClient http) : IDisposable
{
    private readonly CookieContainer cookies = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, address));

    public Task<HttpResponseMessage> PostAsync(string address, IReadOnlyDictionary<string, string> form) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) });

    /// <summary>Opens the sign-in page and sends the form with every hidden field that stands in it.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string page, string userName, string password)
    {
        using var shown = await GetAsync(page);
        var html = await shown.Content.ReadAsStringAsync(Cancellation);
        var form = Hidden().Matches(html).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        (form["userName"], form["password"]) = (userName, password);
        return await PostAsync(page, form);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        var address = new Uri(http.BaseAddress!, request.RequestUri!);
        if (cookies.GetCookieHeader(address) is { Length: > 0 } header)
        {
            request.Headers.Add("Cookie", header);
        }
        var answer = await http.SendAsync(request, Cancellation);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            cookies.SetCookies(address, cookie);
        }
        return answer;
    }

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]+)">""")]
    private static partial Regex Hidden();
}
