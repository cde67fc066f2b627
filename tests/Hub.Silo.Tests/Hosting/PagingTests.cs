using CsCheck;
using Hub.Silo.Hosting;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Hosting;

public sealed class PagingTests
{
    private static readonly IReadOnlyList<string> Items = [.. Enumerable.Range(0, 450).Select(i => $"item-{i:d3}")];

    [Fact]
    public void Take_FollowedToTheEnd_GivesEachItemOnceInOrder() =>
        Gen.Select(Gen.Int[0, 450], Gen.Int[1, 300]).Sample((count, size) =>
        {
            var items = Items.Take(count).ToList();
            var seen = new List<string>();
            var token = "";
            do
            {
                var page = Page(new ListIndicatorsRequest { Parent = "instruments/lpi", PageSize = size, PageToken = token }, items);
                seen.AddRange(page.Items);
                token = page.NextPageToken;
            }
            while (token.Length > 0);
            return seen.SequenceEqual(items);
        }, iter: 200);

    [Theory]
    [InlineData(0, Paging.PageSizeDefault)]
    [InlineData(7, 7)]
    [InlineData(100_000, Paging.PageSizeMax)]
    public void Take_ByPageSize_GivesAtMostTheLimit(int asked, int given) =>
        Assert.Equal(given, Page(new ListIndicatorsRequest { PageSize = asked }, Items).Items.Count);

    [Fact]
    public void Take_NegativePageSize_NamesTheField()
    {
        var refusal = Take(new ListIndicatorsRequest { PageSize = -1 }).Refusal;
        Assert.Equal(ErrorReason.FieldInvalid, refusal!.Reason);
        Assert.Equal("page_size", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public void Take_OtherPageSizeThanBefore_GoesOn()
    {
        var token = Page(new ListIndicatorsRequest { Parent = "instruments/lpi", PageSize = 2 }, Items).NextPageToken;
        var next = Page(new ListIndicatorsRequest { Parent = "instruments/lpi", PageSize = 5, PageToken = token }, Items);
        Assert.Equal("item-002", next.Items[0]);
    }

    [Fact]
    public void Take_TokenOfAnotherQuery_IsRefused()
    {
        var token = Page(new ListIndicatorsRequest { Parent = "instruments/lpi", PageSize = 2 }, Items).NextPageToken;
        Assert.Equal(ErrorReason.PageTokenInvalid, Take(new ListIndicatorsRequest { Parent = "instruments/wgi", PageToken = token }).Refusal?.Reason);
        Assert.Equal(
            ErrorReason.PageTokenInvalid,
            Paging.Take(new ListCollectionsRequest { Parent = "instruments/lpi", PageToken = token }, Items, item => item).Refusal?.Reason);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("not base64 ~~")]
    [InlineData("AAAAAAAAAAAAAAAA")]
    public void Take_MadeUpToken_IsRefused(string token) =>
        Assert.Equal(ErrorReason.PageTokenInvalid, Take(new ListIndicatorsRequest { PageToken = token }).Refusal?.Reason);

    private static Decision<Page<string>> Take(ListIndicatorsRequest request) => Paging.Take(request, Items, item => item);

    private static Page<string> Page(ListIndicatorsRequest request, IReadOnlyList<string> items) =>
        Paging.Take(request, items, item => item).Value;
}
